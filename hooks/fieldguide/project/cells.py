"""Read ``cell.toml``: who does the work of a concept in a framework, where imports cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..base import problems as base_problems
from ..base import toml
from ..base.problems import Problems
from ..base.toml import Document
from ..model import Cell, Kind, Location, Problem
from ..pages import sections
from . import contract_problems, requirements

NAME = "cell.toml"
KEYS = ("kind", "why", "instead", "requires")
SECTION = "by-hand"
"""The name of a section whose lines do by hand what another framework has in core; the second one
in a file is ``by-hand-2``."""


def read(
    collector: Problems, root: Path, id: str, path: str, content: bytes, files: Mapping[str, bytes]
) -> Cell | None:
    """The cell that a file declares; None where the collector got a problem of it.

    ``files`` are those of the snippet in the same folder.
    """
    document = toml.parse(collector, content, path)
    if document is None:
        return None
    own = Problems()
    own.add(*_bad_keys(document), *_at_odds(root, id, document, files))
    collector.add(*own)
    if own:
        return None
    table = document.data
    kind = Kind(table["kind"]) if "kind" in table else None
    texts = {key: table.get(key, "").strip() for key in KEYS if key != "kind"}
    return Cell(id, document.at("kind" if kind else "requires"), kind, **texts)


def _bad_keys(document: Document) -> Iterator[Problem]:
    """What is wrong with the keys of a cell's file, whatever is in the folder."""
    table, at = document.data, document.at
    if not table:
        yield contract_problems.cell_empty(Location(document.path, 1))
    for key, value in table.items():
        if key not in KEYS:
            yield base_problems.unknown_setting(at(key), key, KEYS)
        elif not isinstance(value, str) or not value.strip():
            yield contract_problems.cell_no_text(at(key), key)
    kind = table.get("kind")
    if isinstance(kind, str) and kind not in list(Kind):
        yield contract_problems.cell_kind(at("kind"), kind, list(Kind))
    if kind is None:
        for key in ("why", "instead"):
            if key in table:
                yield contract_problems.cell_without_kind(at(key), key)
    elif "why" not in {*table, *(base_problems.nearest(key, KEYS) for key in table)}:
        yield contract_problems.cell_without_why(at("kind"), kind)


def _at_odds(
    root: Path, id: str, document: Document, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Where a cell's file contradicts the snippet in its folder, or the framework's lock."""
    table, at = document.data, document.at
    kind, requires = table.get("kind"), table.get("requires")
    if kind == Kind.NOT_POSSIBLE:
        if "requires" in table:
            yield contract_problems.cell_requires_nothing(at("requires"))
        if files:
            yield contract_problems.cell_not_possible(at("kind"), id, sorted(files)[0])
    elif kind == Kind.BY_HAND and files and not _by_hand(files):
        yield contract_problems.cell_unmarked(at("kind"), id, SECTION)
    if isinstance(requires, str) and requires.strip():
        yield from requirements.misused(root, id.partition("/")[2], requires, at("requires"))


def _by_hand(files: Mapping[str, bytes]) -> bool:
    texts = (content.decode("utf-8", "replace") for content in files.values())
    return any(is_by_hand(name) for text in texts for name in sections.names(text))


def is_by_hand(name: str) -> bool:
    """Whether a section holds what is done by hand."""
    before, _, number = name.rpartition("-")
    return name == SECTION or (
        before == SECTION and number.isdecimal() and number.lstrip("0") not in ("", "1")
    )


def misspelt(text: str, path: str) -> Iterator[Problem]:
    """Sections with a name that only resembles that one, so that their lines would not count."""
    for marker in sections.markers(text):
        plain = "".join(letter for letter in marker.name.lower() if letter.isalpha())
        looks = marker.starts and plain in ("byhand", "hand", "byhands", "handmade")
        if looks and not is_by_hand(marker.name):
            yield contract_problems.section_misspelt(
                Location(path, marker.line), marker.name, SECTION
            )
