"""The fences of a page, as the site renders it, each with its true file and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from ...base import bounds
from ...base.problems import ProblemError, Problems
from ...model import Fence, Location, Problem
from .. import front_matter, includes
from ..bound_problems import line_too_long, page_too_long
from ..includes import Expanded, Include, Inclusion, Line
from . import info_string, problems, shown_blocks, strays
from .shown_blocks import Blocks
from .superfences import Candidate, normalise
from .too_much import TooMuchError

_OF_PROOFS = re.compile(r"(?i)fg-(?!home|plate|start\b)[\w-]+")
"""Classes and marks of what the engine has proven. Those of the layout are for everybody."""


@dataclass(frozen=True, slots=True)
class Page:
    """The fences of one page, and what is wrong with them."""

    fences: tuple[Fence, ...]
    """Those that the site shows as code, in the order of the page."""
    problems: tuple[Problem, ...]
    """Of info strings that cannot be obeyed, and of fences that the site shows as text."""
    inclusions: tuple[Inclusion, ...] = ()
    """Everything that it includes, and that what it includes does."""


def scan(path: str, text: str, include: Include | None = None) -> Page:
    """The fences of a page.

    ``path`` is the page's, relative to the project. ``include`` gives the file that an include
    names, its path and its whole content; without it, or where it gives None, includes stay as
    they are written. Raises `ProblemError` for a page that is too much to be read or rendered.
    """
    text = text.removeprefix("\ufeff")
    _readable(path, text)
    texts = includes.split(text)
    first = front_matter.lines(text)
    numbered = [Line(line, path, number) for number, line in enumerate(texts[first:], first + 1)]
    expanded = includes.expand(numbered, include)
    # Two lines are added at the end, which belong to no file.
    lines = normalise("\n".join(line.text for line in expanded.lines))
    read = _blocks(lines, [line.place for line in expanded.lines])
    fences: list[Fence] = []
    collector = Problems()
    for number, candidate in enumerate(read.candidates):
        if number in read.visible:
            fences.append(_fence(collector, path, candidate, lines, expanded))
    collector.add(*strays.explain(read, lines, expanded.lines))
    collector.add(*_borrowed(read, expanded.lines))
    return Page(tuple(fences), tuple(collector), expanded.inclusions)


def _readable(path: str, text: str) -> None:
    """Raises `ProblemError` for a text that is too long, or whose front matter is too much."""
    if len(text) > bounds.PAGE:
        raise ProblemError(page_too_long(Location(path)))
    if over := list(front_matter.misused(path, text)):
        raise ProblemError(*over)


def _blocks(lines: list[str], places: Sequence[Location]) -> Blocks:
    """The fences among the lines; raises `ProblemError` for lines that are too much, each of which
    has its place, but for the two at the end."""
    over = [place for line, place in zip(lines, places, strict=False) if len(line) > bounds.LINE]
    if over:
        raise ProblemError(*map(line_too_long, over))
    try:
        return shown_blocks.read(lines)
    except TooMuchError as error:
        raise ProblemError(error.problem(places[min(error.line, len(places) - 1)])) from None


def prose(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Every line outside of fences and front matter, with its number from 1."""
    for number, line, inside in lines(path, text):
        if not inside:
            yield number, line


@lru_cache(maxsize=1)  # several rules look at one page, one after the other
def lines(path: str, text: str) -> tuple[tuple[int, str, bool], ...]:
    """Every line with its number from 1, and whether it is front matter or belongs to a fence.

    A fence in a comment or in an indented code block counts as well: its lines are not prose.
    Raises `ProblemError` for lines that are too much to be looked at.
    """
    text = text.removeprefix("\ufeff")
    texts = includes.split(text)
    first = front_matter.lines(text)
    taken = set(range(first))
    if "```" in text or "~~~" in text:
        places = [Location(path, number) for number in range(first + 1, len(texts) + 1)]
        for candidate in _blocks(normalise("\n".join(texts[first:])), places).candidates:
            taken.update(range(first + candidate.start, first + candidate.end))
    if texts[-1] == "":
        texts.pop()
    return tuple((number + 1, line, number in taken) for number, line in enumerate(texts))


def _borrowed(read: Blocks, lines: Sequence[Line]) -> Iterator[Problem]:
    """The marks of the site's own proofs in prose, however they are written there."""
    inside = {
        line for candidate in read.candidates for line in range(candidate.start, candidate.end)
    }
    for number, line in enumerate(lines):
        if number not in inside and (mark := _OF_PROOFS.search(unescape(line.text))):
            yield problems.borrowed(line.place, mark[0])


def _fence(
    collector: Problems,
    page: str,
    candidate: Candidate,
    lines: Sequence[str],
    expanded: Expanded,
) -> Fence:
    opening = expanded.lines[candidate.start]
    closing = expanded.lines[candidate.end - 1]
    same = closing.path == opening.path
    location = Location(opening.path, opening.number, closing.number if same else None)
    info = lines[candidate.start][len(candidate.indent) + len(candidate.marks) :].strip()
    _, options = info_string.parse(collector, info, Location(opening.path, opening.number))
    return Fence(
        location=location,
        page=page,
        indent=candidate.indent,
        language=candidate.language,
        info=info,
        options=options,
        source=candidate.source,
        lines=tuple(line.place for line in expanded.lines[candidate.start + 1 : candidate.end - 1]),
        includes=tuple(
            dict.fromkeys(
                inclusion.name
                for inclusion in expanded.inclusions
                if candidate.start < inclusion.before < candidate.end
            )
        ),
    )
