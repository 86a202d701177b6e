"""The footnotes of a guide: every mark has its note, and every note a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Location, Problem
from . import problems
from .fences.scan import lines

_NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]]+)\]:")
_MARK = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")
_CODE = re.compile(r"(?P<marks>`+)(?!`).*?(?<!`)(?P=marks)(?!`)|\\\[")
"""What is shown as it is written: code inside a line, an escaped bracket."""


def misused(path: str, text: str) -> Iterator[Problem]:
    """Marks without a note, each name once, and notes that no mark leads to."""
    notes: dict[str, Location] = {}
    marks: dict[str, Location] = {}
    for number, line, inside in lines(text):
        if inside:
            continue
        at = Location(path, number)
        prose = line
        if note := _NOTE.match(line):
            notes.setdefault(note["name"], at)
            prose = line[note.end() :]
        for mark in _MARK.finditer(_CODE.sub("", prose)):
            marks.setdefault(mark["name"], at)
    for name, at in marks.items():
        if name not in notes:
            yield problems.footnote_missing(at, name)
    for name, at in notes.items():
        if name not in marks:
            yield problems.footnote_unused(at, name)
