"""Progress of a run: a bar on a terminal, the findings as they come; elsewhere nothing moves."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from ..text import visible
from .model import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Told of each verdict; a context manager, so that the terminal is left clean."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        if self._stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._bar = Progress(
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.description}", markup=False),
                console=Console(file=self._stream, force_terminal=True),
                transient=True,
            )
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def told(self, one: Verdict, total: int) -> None:
        """One link is known, of so many."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task("asking", total=total)
        if one.outcome != "alive":
            text = visible(f"{one.outcome:8} {one.target.url}")
            self._bar.console.print(text, markup=False, highlight=False)
        self._bar.update(self._task, advance=1, description=visible(one.target.url)[:60])
