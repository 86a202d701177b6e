"""Lines of Markdown, told apart: prose, and what stands inside a fence."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENING = re.compile(r"^[\s>]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Every line outside of fences, with its number from 1."""
    for number, line, inside in lines(text):
        if not inside:
            yield number, line


def lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every line with its number from 1, and whether it belongs to a fence.

    A fence ends at marks of its own kind and, as superfences has it, its own length.
    """
    marks: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if marks is not None:
            yield number, line, True
            if line.lstrip(" \t>").rstrip() == marks:
                marks = None
        elif opening := _OPENING.match(line):
            marks = opening["marks"]
            yield number, line, True
        else:
            yield number, line, False
