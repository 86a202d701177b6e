"""A bar on a terminal, with lines above it that stay when the bar goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ...base.text import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class LiveBar:
    """Draws nothing before its first use; Rich, which is slow to import, is imported then."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def wait(self, text: str) -> None:
        """Show work whose end is not known."""
        progress = self._started()
        if self._task is None:
            self._task = progress.add_task(one_line(text), total=None)
        progress.update(self._task, description=one_line(text))

    def start(self, text: str, total: int) -> None:
        """Show work of ``total`` steps, in place of what was shown before."""
        progress = self._started()
        if self._task is not None:
            progress.remove_task(self._task)
        self._task = progress.add_task(one_line(text), total=total)

    def advance(self, text: str) -> None:
        """Show that one more step is done, and which."""
        if self._task is not None:
            self._started().update(self._task, advance=1, description=one_line(text))

    def print(self, text: str, style: str | None = None) -> None:
        """Leave a line above the bar, in a colour that Rich knows by that name."""
        console = self._started().console
        console.print(one_line(text), markup=False, highlight=False, style=style)

    def close(self) -> None:
        """Remove the bar and give the cursor back."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
            self._task = None

    def _started(self) -> Progress:
        if self._progress is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._progress = Progress(
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.description}", markup=False),
                console=Console(file=self._stream, force_terminal=True),
                transient=True,
            )
            self._progress.start()
        return self._progress
