"""Read ``cell.toml``: what is said of one concept in one framework where imports cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from . import problems, requirements, sections, toml
from .model import Cell, Kind, Location, Problem
from .problems import ProblemError

NAME = "cell.toml"
KEYS = ("kind", "why", "instead", "requires")
SECTION = "by-hand"
"""What the sections are called whose lines do by hand what another framework has in core; a
second one in a file is ``by-hand-2``."""


def read(
    root: Path,
    id: str,
    path: str,
    content: bytes,
    files: Mapping[str, bytes],
    found: list[Problem],
) -> Cell | None:
    """What a cell's file says; None where ``found`` got a problem of it.

    ``files`` are those of the snippet beside it.
    """
    try:
        table, text = toml.parse(content, path)
    except ProblemError as error:
        found += error.problems
        return None
    wrong = list(_wrong(root, id, path, table, text, files))
    found += wrong
    if wrong:
        return None
    kind = Kind(table["kind"]) if "kind" in table else None
    texts = {key: table.get(key, "").strip() for key in KEYS if key != "kind"}
    at = Location(path, toml.line_of(text, "", "kind" if kind else "requires"))
    return Cell(id, at, kind, **texts)


def _wrong(
    root: Path,
    id: str,
    path: str,
    table: Mapping[str, Any],
    text: str,
    files: Mapping[str, bytes],
) -> Iterator[Problem]:
    """What is wrong with a cell's file."""

    def at(key: str) -> Location:
        return Location(path, toml.line_of(text, "", key))

    if not table:
        yield problems.cell_empty(Location(path, 1))
    for key, value in table.items():
        if key not in KEYS:
            yield problems.unknown_setting(at(key), key, KEYS)
        elif not isinstance(value, str) or not value.strip():
            yield problems.cell_no_text(at(key), key)
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in list(Kind):
        yield problems.cell_kind(at("kind"), kind, list(Kind))
    if kind is None:
        for key in ("why", "instead"):
            if key in table:
                yield problems.cell_without_kind(at(key), key)
    elif "why" not in table:
        yield problems.cell_without_why(at("kind"), kind)
    if kind == Kind.NOT_POSSIBLE:
        if "requires" in table:
            yield problems.cell_requires_nothing(at("requires"))
        if files:
            yield problems.cell_not_possible(at("kind"), id, sorted(files)[0])
    elif kind == Kind.BY_HAND and files and not _by_hand(files):
        yield problems.cell_unmarked(at("kind"), id, SECTION)
    wish = table.get("requires")
    if isinstance(wish, str) and wish.strip():
        yield from requirements.wrong(root, id.partition("/")[2], wish, at("requires"))


def _by_hand(files: Mapping[str, bytes]) -> bool:
    texts = (content.decode("utf-8", "replace") for content in files.values())
    return any(is_by_hand(name) for text in texts for name in sections.names(text))


def is_by_hand(name: str) -> bool:
    """Whether a section holds what is done by hand."""
    before, _, number = name.rpartition("-")
    return name == SECTION or (before == SECTION and number.isdecimal() and int(number) > 1)


def misspelt(text: str, path: str) -> Iterator[Problem]:
    """Sections whose names look like that, and are none: their lines would count for nothing."""
    for marker in sections.markers(text):
        plain = "".join(letter for letter in marker.name.lower() if letter.isalpha())
        looks = marker.starts and plain in ("byhand", "hand", "byhands", "handmade")
        if looks and not is_by_hand(marker.name):
            yield problems.section_misspelt(Location(path, marker.line), marker.name, SECTION)
