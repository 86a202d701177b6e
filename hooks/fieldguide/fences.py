"""The fences of a page, as the site renders it, each with its true file and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import blocks, includes, infostring, strays
from .candidates import Candidate, normalise
from .includes import Expanded, Include, Line
from .model import Fence, Location, Problem

_YAML = re.compile(r"-{3}[ \t]*\n(?P<data>.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_META = re.compile(r" {0,3}[A-Za-z0-9_-]+:\s*.*")
_MORE = re.compile(r"(?: {4}|\t)\s*.*")


@dataclass(frozen=True, slots=True)
class Page:
    """What the scanner finds in one page."""

    fences: tuple[Fence, ...]
    """Those that the site shows as code, in the order of the page."""
    problems: tuple[Problem, ...]
    """Info strings that ask for what is not there, and fences that the site shows as text."""


def scan(path: str, text: str, include: Include | None = None) -> Page:
    """The fences of a page.

    ``path`` is the page's, relative to the project. ``include`` gives the file that an include
    names, its path and its whole content; without it, or where it gives None, includes stay as
    they are written.
    """
    text = text.removeprefix("\ufeff")
    every = includes.split(text)
    first = front_matter(text)
    numbered = [Line(line, path, number) for number, line in enumerate(every[first:], first + 1)]
    expanded = includes.expand(numbered, include)
    # Two lines are added at the end, which belong to no file.
    lines = normalise("\n".join(line.text for line in expanded.lines))
    read = blocks.read(lines)
    fences: list[Fence] = []
    problems: list[Problem] = []
    for number, candidate in enumerate(read.candidates):
        if number in read.visible:
            fence, found = _fence(path, candidate, lines, expanded)
            fences.append(fence)
            problems.extend(found)
    problems.extend(strays.explain(read, lines, expanded.lines))
    return Page(tuple(fences), tuple(problems))


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Every line outside of fences and front matter, with its number from 1."""
    for number, line, inside in lines(text):
        if not inside:
            yield number, line


def lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Every line with its number from 1, and whether it is front matter or belongs to a fence.

    A fence in a comment or in an indented code block counts: what stands there is no prose.
    """
    text = text.removeprefix("\ufeff")
    every = includes.split(text)
    first = front_matter(text)
    taken = set(range(first))
    if "```" in text or "~~~" in text:
        for candidate in blocks.read(normalise("\n".join(every[first:]))).candidates:
            taken.update(range(first + candidate.start, first + candidate.end))
    if every[-1] == "":
        every.pop()
    for number, line in enumerate(every):
        yield number + 1, line, number in taken


def front_matter(text: str) -> int:
    """How many lines MkDocs takes off the page: metadata, and the empty lines after it.

    YAML between lines of ``---``, or ``key: value`` lines until the first empty one.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _YAML.match(text):
        if not _is_mapping(match["data"]):
            return 0
        end = match.end()
        return text.count("\n", 0, end) + _newlines(text[end:])
    every = text.split("\n")
    count = 0
    for line in every:
        if not line.strip():
            count += 1
            break
        if not (_META.match(line) or (count and _MORE.match(line))):
            break
        count += 1
    return count + _newlines("\n".join(every[count:]))


def _newlines(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _is_mapping(data: str) -> bool:
    """Whether YAML holds keys; anything else is left on the page."""
    import yaml  # here, because few pages have any

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return isinstance(yaml.load(data, loader), dict)
    except Exception:
        return False


def _fence(
    page: str, candidate: Candidate, lines: Sequence[str], expanded: Expanded
) -> tuple[Fence, list[Problem]]:
    opening = expanded.lines[candidate.start]
    closing = expanded.lines[candidate.end - 1]
    same = closing.path == opening.path
    location = Location(opening.path, opening.number, closing.number if same else None)
    info = lines[candidate.start][len(candidate.indent) + len(candidate.marks) :].strip()
    _, options, problems = infostring.parse(info, Location(opening.path, opening.number))
    fence = Fence(
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
    return fence, problems
