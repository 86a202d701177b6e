"""Progress of the link checker: on a terminal a bar, with a line a finding above it; elsewhere
nothing."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from ...links.model import Verdict
from .live import LiveBar


class LinkProgress:
    """Shows each verdict; a context manager, so that the terminal is left clean."""

    def __init__(self, stream: TextIO | None = None) -> None:
        stream = stream or sys.stderr
        self._bar = LiveBar(stream) if stream.isatty() else None
        self._started = False

    def __enter__(self) -> LinkProgress:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def judged(self, verdict: Verdict, total: int) -> None:
        """Show the verdict on one link of ``total``."""
        if self._bar is None:
            return
        if not self._started:
            self._started = True
            self._bar.start("asking", total)
        if verdict.outcome != "alive":
            self._bar.print(f"{verdict.outcome:8} {verdict.target.url}")
        self._bar.advance(verdict.target.url[:60])
