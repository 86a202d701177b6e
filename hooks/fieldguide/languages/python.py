"""``python`` fences: whether code ends well, or with the exception that its info string names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..model import Mismatch, Options, Raised
from ..model.bounds import SOME
from . import problems
from .comparing.other import Other
from .language import ASYNC, Language, Option, names


@dataclass(frozen=True, slots=True)
class PythonReply:
    """What a step of Python left, apart from what it printed."""

    raised: Raised | None
    """What ended it; None where it came to its end."""
    threads: Annotated[tuple[Raised, ...], SOME]
    """What its threads raised."""


class Python(Language[str, PythonReply]):
    """A fence is its source: running it tells whether it is Python."""

    def parse(self, source: str) -> str:
        """The source itself."""
        return source

    def step(self, parsed: str, options: Options) -> Mapping[str, Any]:
        """Its source, and how it is meant to run and to end."""
        return {"source": parsed, "raises": options.raises, "async": options.asynchronous}

    def expected(self, parsed: str) -> Iterator[str]:
        """Nothing: what it prints stands in a fence of its own."""
        yield from ()

    def compare(
        self,
        parsed: str,
        reply: PythonReply,
        options: Options,
        other: Other[PythonReply] | None = None,
    ) -> list[Mismatch]:
        """What was raised and should not have been, or the other way round: at most one."""
        expected, raised = options.raises, reply.raised
        if raised is not None and (not expected or expected not in raised.names):
            if expected:
                return [problems.fence_does_not_raise(expected, raised)]
            return [problems.fence_raises(raised)]
        if expected and raised is None:
            return [problems.fence_does_not_raise(expected, None)]
        return [problems.fence_raises_in_thread(thread) for thread in reply.threads[:1]]

    def bless(
        self, parsed: str, reply: PythonReply, other: Other[PythonReply] | None = None
    ) -> str:
        """As it is: what it prints stands in a fence of its own."""
        return parsed

    def fails(self, parsed: str, reply: PythonReply, options: Options) -> bool:
        """Whether it ended in another way than its info string says."""
        return bool(self.compare(parsed, reply, options))

    def imports(self, parsed: str) -> str:
        """All of it."""
        return parsed

    def copied(self, source: str) -> str:
        """The code as it stands."""
        return ""


_NO_PROGRAMS = ("bazel", "starlark", "pyi")
"""What Pygments reads as Python, and no Python runs."""

PYTHON = Python(
    name="python",
    aliases=tuple(
        name
        for name in names("Python", "Python 2.x", "NumPy")
        if name not in ("python", *_NO_PROGRAMS)
    ),
    options=(
        Option(
            "data-raises",
            "raises",
            re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"),
            "the name of an exception",
            'data-raises="ValueError"',
        ),
        ASYNC,
    ),
    runs_unasked=False,
    output_follows=True,
    how="run it: ```python {.run}",
    how_alias="run it: ```python {.run}",
    reply=PythonReply,
)
