"""The footnotes of a guide: every mark has its note, and every note a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base.text import code_spans
from ..model import Location, Problem
from . import problems
from .fences.scan import lines

_NOTE = re.compile(r"^ {0,3}\[\^(?P<name>[^\]]+)\]:")
_MARK = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")


def misused(path: str, text: str) -> Iterator[Problem]:
    """Marks without a note, each name once, and notes that no mark leads to."""
    notes: dict[str, Location] = {}
    marks: dict[str, Location] = {}
    for number, line, inside in lines(path, text):
        if inside:
            continue
        at = Location(path, number)
        prose = line
        if note := _NOTE.match(line):
            notes.setdefault(note["name"], at)
            prose = line[note.end() :]
        for mark in _MARK.finditer(_plain(prose)):
            marks.setdefault(mark["name"], at)
    for name, at in marks.items():
        if name not in notes:
            yield problems.footnote_missing(at, name)
    for name, at in notes.items():
        if name not in marks:
            yield problems.footnote_unused(at, name)


def _plain(prose: str) -> str:
    """Without what is shown as it is written: code inside a line, escaped brackets."""
    pieces, at = [], 0
    for start, end, _ in code_spans(prose):
        pieces.append(prose[at:start])
        at = end
    return "".join([*pieces, prose[at:]]).replace("\\[", "")
