"""``text {.output}``: what the fence before it prints."""

from __future__ import annotations

from dataclasses import dataclass

from . import matching
from .model import Mismatch


@dataclass(frozen=True, slots=True)
class Output:
    """What is expected to be printed. An empty one says: nothing."""

    source: str


def parse(source: str) -> Output:
    """Any text will do."""
    return Output(source)


def compare(parsed: Output, output: str) -> list[Mismatch]:
    """What was printed against what is expected: the first line that differs, if one does."""
    lines = parsed.source.split("\n")
    found = matching.match(lines, matching.printed(output))
    # Output where none is expected is said at the first line, as there is none before it.
    return matching.moved(found, 1 if found and found.line < 0 else 0)


def bless(parsed: Output, output: str) -> str:
    """The source that holds for what was printed."""
    return matching.bless(parsed.source, output)
