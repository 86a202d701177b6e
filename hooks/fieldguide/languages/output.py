"""``text {.output}`` fences: whether the fence before it prints what they say."""

from __future__ import annotations

from ..model import Mismatch
from .comparing import lines


def compare(source: str, output: str) -> list[Mismatch]:
    """The first line in which the output differs from the source, if one does.

    An empty source says that nothing is printed.
    """
    mismatch = lines.match(source.split("\n"), lines.printed(output))
    # Where no output is expected, it is told of at the first line, as there is none before it.
    return lines.moved(mismatch, 1 if mismatch and mismatch.line < 0 else 0)


def bless(source: str, output: str) -> str:
    """The source with what was printed."""
    return lines.bless(source, output)
