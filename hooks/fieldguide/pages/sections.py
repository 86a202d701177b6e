"""Sections: the named parts of a snippet's file that a guide shows.

A marker is a comment line of any language that holds ``--8<-- [start:name]`` or
``--8<-- [end:name]``: the notation of ``pymdownx.snippets``, which cuts them out of fences. This
module follows its rules, so that what is checked here is what a page shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..base.problems import Problems
from ..model import Location, Problem
from . import problems

_MARKER = re.compile(
    r"(?<![;-])(?P<escape>;*)-+8<-+[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*"
    r"(?P<name>[a-z][-_0-9a-z]*)[ \t]*\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One line that starts or ends a section."""

    line: int
    """Counted from 1."""
    starts: bool
    name: str


def markers(text: str) -> Iterator[Marker]:
    """Every marker of a file in order; escaped ones (``;--8<--``) are text."""
    if "8<-" not in text:
        return
    for number, line in enumerate(_lines(text), 1):
        match = _MARKER.search(line) if "8<-" in line else None
        if match and not match["escape"]:
            yield Marker(number, match["type"].lower() == "start", match["name"])


def names(text: str) -> list[str]:
    """The sections that a file has, in the order in which they start."""
    return list(dict.fromkeys(marker.name for marker in markers(text) if marker.starts))


def strip(text: str) -> str:
    """The whole file without its markers: what a reader copies."""
    marked = {marker.line for marker in markers(text)}
    if not marked:
        return text
    numbered = enumerate(_lines(text), 1)
    return "".join(line for number, line in numbered if number not in marked)


def lines(
    collector: Problems, text: str, name: str, path: str, asked: Location | None = None
) -> list[int] | None:
    """The numbers of a section's lines, counted from 1, without the markers inside it; None where
    the collector got a problem.

    ``path`` names the file in messages; ``asked`` is where the section is asked for, which is
    the place to look at when the file has no such section.
    """
    first: int | None = None
    last: int | None = None
    marked = list(markers(text))
    for marker in marked:
        if marker.name != name:
            continue
        if marker.starts and first is None:
            first = marker.line
        elif not marker.starts:
            if first is None:
                collector.add(problems.section_without_start(Location(path, marker.line), name))
                return None
            last = marker.line
            break
    if first is None:
        at = asked or Location(path)
        collector.add(problems.section_missing(at, path, name, names(text)))
        return None
    if last is None:
        collector.add(problems.section_unclosed(Location(path, first), name))
        return None
    inner = {marker.line for marker in marked}
    return [number for number in range(first + 1, last) if number not in inner]


def _lines(text: str) -> list[str]:
    """Lines with their ends; form feeds and other separators that files hold end none."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def misused(text: str, path: str) -> Iterator[Problem]:
    """What is wrong with a file's markers, by line: sections that start twice, never end, or end
    without a start."""
    yield from sorted(_unpaired(text, path), key=lambda problem: problem.location.line or 0)


def _unpaired(text: str, path: str) -> Iterator[Problem]:
    open_sections: dict[str, int] = {}
    seen: set[str] = set()
    for marker in markers(text):
        location = Location(path, marker.line)
        if marker.starts:
            if marker.name in seen:
                yield problems.section_twice(location, marker.name)
            seen.add(marker.name)
            open_sections.setdefault(marker.name, marker.line)
        elif marker.name not in open_sections:
            yield problems.section_without_start(location, marker.name)
        else:
            del open_sections[marker.name]
    for name, line in open_sections.items():
        yield problems.section_unclosed(Location(path, line), name)
