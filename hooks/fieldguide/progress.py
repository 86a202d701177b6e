"""Progress on standard error: a live line on a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from .model import Outcome, Result
from .report import of_fences
from .text import count, visible

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Told by `verify` what goes on; a context manager, so that the terminal is left clean.

    On a terminal only failures stay in the scrollback, above a bar. Elsewhere every snippet is
    a line. Rich is imported on a terminal only: it costs more than a cached run.
    """

    def __init__(self, stream: TextIO | None = None, *, live: bool | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty() if live is None else live
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def say(self, text: str) -> None:
        """Something that takes a while has begun."""
        if self._live:
            bar = self._started()
            if self._task is None:
                self._task = bar.add_task(text, total=None)
            bar.update(self._task, description=_plain(text))
        else:
            self._line(text)

    def start(self, snippets: int, groups: int) -> None:
        """So many snippets and groups of fences are going to run."""
        if self._live:
            bar = self._started()
            if self._task is not None:
                bar.remove_task(self._task)
            self._task = bar.add_task("verifying", total=snippets + groups)
        else:
            parts = [count(snippets, "snippet")] if snippets or not groups else []
            parts += [f"{groups} group{'s' * (groups != 1)} of fences"] if groups else []
            self._line(f"verifying {', '.join(parts)}")

    def done(self, result: Result) -> None:
        """One of them has."""
        line = f"{result.outcome.value:9} {result.id}"
        if result.checks:
            noun = "fence" if of_fences(result) else "check"
            line += f"  {count(len(result.checks), noun)}"
        if result.database:
            line += f"  on {result.database}"
        if result.outcome is not Outcome.PASSED and result.reason:
            line += f"  {result.reason}"
        if not self._live:
            self._line(line)
            return
        bar = self._started()
        if result.outcome is not Outcome.PASSED:
            bar.console.print(_plain(line), markup=False, highlight=False, style="red")
        if self._task is not None:
            bar.update(self._task, advance=1, description=result.id)

    def _started(self) -> Bar:
        if self._bar is None:
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
        return self._bar

    def _line(self, text: str) -> None:
        print(_plain(text), file=self._stream, flush=True)


def _plain(text: str) -> str:
    """One line without anything that a terminal obeys."""
    return visible(text).replace("\n", " ")
