"""``text {.output}`` fences: whether the fence before it prints what they say."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Mismatch
from .comparing import lines
from .comparing.other import Other


def expected(source: str) -> Sequence[str]:
    """The lines that are compared."""
    return source.split("\n")


def compare(source: str, output: str, other: Other[str] | None = None) -> list[Mismatch]:
    """The first line in which the output differs from the source, if one does.

    An empty source says that nothing is printed.
    """
    mismatch = lines.compare(expected(source), output, other)
    # Where no output is expected, it is told of at the first line, as there is none before it.
    return lines.moved(mismatch, 1 if mismatch and mismatch.line < 0 else 0)


def bless(source: str, output: str, other: Other[str] | None = None) -> str:
    """The source with what was printed."""
    return lines.bless(source, output, other)
