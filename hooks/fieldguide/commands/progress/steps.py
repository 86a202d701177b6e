"""Progress of a build: a line where something takes long, for hosts that print lines themselves."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TextIO

from ...base.text import count, one_line
from ...model import Problem, Result
from .protocol import Progress

_SECONDS = 5.0
"""How long a run may go on without a line."""


class Steps(Progress):
    """Says what is waited for, how much there is to run, and now and then how far it is."""

    def __init__(self, stream: TextIO | None = None, seconds: float = _SECONDS) -> None:
        self._stream, self._seconds = stream or sys.stderr, seconds
        self._said = monotonic()
        self._all = self._done = 0

    def say(self, text: str) -> None:
        """Show what the run is waiting for."""
        self._said = monotonic()
        print(one_line(text), file=self._stream, flush=True)

    def warn(self, problem: Problem) -> None:
        """Nothing: the build says it below all others."""

    def start(self, snippets: int, groups: int) -> None:
        """Show how much there is to run."""
        self._all = snippets + groups
        parts = [count(snippets, "snippet")] if snippets else []
        parts += [f"{groups} group{'s' * (groups != 1)} of fences"] if groups else []
        self.say(f"verifying {', '.join(parts)} ...")

    def done(self, result: Result) -> None:  # noqa: ARG002  # a build tells its problems itself
        """Count it; what did not pass is a problem of the build, which comes last."""
        self._done += 1
        if monotonic() - self._said >= self._seconds and self._done < self._all:
            self.say(f"verified {self._done} of {self._all} ...")
