"""The title of a page, as MkDocs shows it, and the levels of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..model import Location, Problem
from . import front_matter, problems
from .fences.scan import lines
from .includes import split

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")


def of_concept(root: Path, guide: Location | None, concept: str) -> str:
    """The title of a concept's guide; a concept without a guide is written after its folder."""
    if guide is not None:
        text = (root / guide.path).read_text("utf-8-sig", "replace")
        if title := of_page(text):
            return title
    return concept.replace("-", " ").replace("_", " ").capitalize()


def of_page(text: str) -> str:
    """What the front matter calls the page, or else the heading that it starts with; empty where
    it has neither.

    ``text`` is the page's, without a byte order mark.
    """
    named = front_matter.data(text)
    if "title" in named:
        return str(named["title"])
    body = split(text)[front_matter.lines(text) :]
    first = next((line for line in body if line.strip()), "")
    if not first.startswith("# "):
        return ""
    return re.sub(r"\s*\{[^}]*\}$", "", first[2:].strip())


def misleveled(path: str, text: str) -> Iterator[Problem]:
    """Headings below a level that is not there, and a second title: the page's list of contents
    would leave them out, and who listens to the page loses the way.
    """
    title, above = None, 0
    for number, line, inside in lines(path, text):
        heading = None if inside else _HEADING.match(line)
        if heading is None:
            continue
        at, level = Location(path, number), len(heading[1])
        if level == 1 and title is not None:
            yield problems.second_title(at, title)
        elif above and level > above + 1:
            yield problems.level_left_out(at, level, above)
        title = at if level == 1 else title
        above = level
