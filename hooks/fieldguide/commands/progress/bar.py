"""Progress on standard error: a live line on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from ...base.problems import line
from ...base.text import count, one_line
from ...model import Outcome, Problem, Result
from ..reports.subject import Subject, subject
from .live import LiveBar
from .protocol import Progress


class ProgressBar(Progress):
    """Shows a run; a context manager, so that the terminal is left clean.

    On a terminal only failures stay in the scrollback, above a bar. Elsewhere every snippet is
    a line.
    """

    def __init__(self, stream: TextIO | None = None, *, live: bool | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty() if live is None else live
        self._bar = LiveBar(self._stream)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.close()

    def say(self, text: str) -> None:
        """Show what the run is waiting for."""
        if self._live:
            self._bar.wait(text)
        else:
            self._print(text)

    def warn(self, problem: Problem) -> None:
        """Show it for good; the report says it again, below all that went by meanwhile."""
        if self._live:
            self._bar.print(line(problem), style="yellow")
        else:
            self._print(line(problem))

    def start(self, snippets: int, groups: int) -> None:
        """Show how much there is to run."""
        if self._live:
            self._bar.start("verifying", snippets + groups)
            return
        parts = [count(snippets, "snippet")] if snippets or not groups else []
        parts += [f"{groups} group{'s' * (groups != 1)} of fences"] if groups else []
        self._print(f"verifying {', '.join(parts)}")

    def done(self, result: Result) -> None:
        """Show one result: a failure for good, a pass until the next."""
        if not self._live:
            self._print(_line(result))
            return
        if result.outcome is not Outcome.PASSED:
            self._bar.print(_line(result), style="red")
        self._bar.advance(result.id)

    def _print(self, text: str) -> None:
        print(one_line(text), file=self._stream, flush=True)


def _line(result: Result) -> str:
    """``passed    routing/flask  9 checks, 1 deviation``."""
    words = f"{result.outcome.value:9} {result.id}"
    if result.checks:
        noun = "fence" if subject(result) is Subject.FENCES else "check"
        words += f"  {count(len(result.checks), noun)}"
    if deviations := sum(check.deviates for check in result.checks):
        words += f", {count(deviations, 'deviation')}"
    for check in result.checks:
        if check.left_out:
            words += f"; left out {check.check.name}: {check.left_out}"
    if result.database:
        words += f"  on {result.database}"
    if result.outcome is not Outcome.PASSED and result.reason:
        words += f"  {result.reason}"
    return words
