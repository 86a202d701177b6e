"""The protocol of progress: what a run says of itself while it goes on."""

from __future__ import annotations

from ...model import Problem, Result


class Progress:
    """Hears of a run and shows nothing; a subclass shows what it hears."""

    def say(self, text: str) -> None:
        """Hear what the run is waiting for: ``making the environment flask``."""

    def warn(self, problem: Problem) -> None:
        """Hear of what somebody may want to act on before anything runs."""

    def start(self, snippets: int, groups: int) -> None:
        """Hear how many snippets and how many groups of fences the run is about to execute."""

    def done(self, result: Result) -> None:
        """Hear the result of one of them."""


SILENT = Progress()
"""For runs that nobody watches."""
