"""What is published as it is and runs in a browser: drawings may only draw, and pages are Markdown.

A drawing is an SVG file. A page shows it as a picture or includes its text, and anybody can open it
by its address; then a browser runs its scripts, as it does for a page of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.parsers import expat

from ...base import bounds
from ...model import Location, Problem
from . import problems
from .entries import Entry, Kind
from .names import at

_RUN = re.compile(r".*\.(s?html?|xht(ml)?|mht(ml)?|xml|xslt?|svgz|swf)")
"""Files that a browser runs or shows as a page. Those of the site are made of Markdown."""
_DRAWS = frozenset(
    (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "text", "tspan", "textPath"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "marker", "clipPath"),
        *("mask", "pattern", "linearGradient", "radialGradient", "stop"),
    )
)
"""Elements that draw. Others run, load, or change what is drawn while somebody looks."""
_OUTSIDE = re.compile(r"(?i)url\(\s*[\"']?\s*[^#\"'\s]|@import|expression\(|\\")
"""In a value: what is fetched, and escapes that could spell it."""


def running(root: Path, found: Iterable[Entry]) -> Iterator[Problem]:
    """The problems of files below ``docs/`` that a browser would run."""
    for entry in found:
        if entry.kind is not Kind.FILE or not entry.path.startswith("docs/"):
            continue
        name = entry.path.casefold()
        if _RUN.fullmatch(name):
            yield problems.runs_in_a_browser(at(entry.path))
        elif name.endswith(".svg"):
            yield from _misused(root / entry.path, at(entry.path))


def _misused(file: Path, where: Location) -> Iterator[Problem]:
    """What is in a drawing that does not draw, each once with its first line."""
    met: dict[str, int] = {}
    parser = expat.ParserCreate()

    def note(what: str) -> None:
        met.setdefault(what, parser.CurrentLineNumber)

    def start(name: str, attributes: dict[str, str]) -> None:
        if name not in _DRAWS:
            note(f"the element {name}")
        for attribute, value in attributes.items():
            if not _is_still(attribute, value):
                note(f"the attribute {attribute}")

    def doctype(*_: object) -> None:
        note("a document type")
        raise _EnoughError  # it may define what the rest stands for

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = lambda target, data: note(f"the instruction {target}")
    try:
        with file.open("rb") as content:
            parser.Parse(content.read(bounds.FILE + 1), True)
    except _EnoughError:
        pass
    except (expat.ExpatError, OSError):
        yield problems.no_drawing(Location(where.path, parser.CurrentLineNumber))
    for what, line in met.items():
        yield problems.more_than_a_drawing(Location(where.path, line), what)


class _EnoughError(Exception):
    """Nothing more of a drawing has to be looked at."""


def _is_still(attribute: str, value: str) -> bool:
    """Whether an attribute neither runs nor fetches anything."""
    name = attribute.rpartition(":")[2].casefold()
    if name.startswith("on"):
        return False
    if name in ("href", "src", "base"):
        return value.startswith("#")
    return not _OUTSIDE.search(value)
