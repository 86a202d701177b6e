"""``text {.output}``: what the fence before it prints."""

from __future__ import annotations

from ..model import Mismatch
from .comparing import lines


def compare(source: str, output: str) -> list[Mismatch]:
    """What was printed against what is expected: the first line that differs, if one does.

    An empty source says that nothing is printed.
    """
    mismatch = lines.match(source.split("\n"), lines.printed(output))
    # Output where none is expected is said at the first line, as there is none before it.
    return lines.moved(mismatch, 1 if mismatch and mismatch.line < 0 else 0)


def bless(source: str, output: str) -> str:
    """The source that holds for what was printed."""
    return lines.bless(source, output)
