"""Texts that hold what nobody sees: code that reads as other code, and hidden words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ...base import problems as base_problems
from ...base.text import invisible
from ...model import Location, Problem
from ...pages.includable import TOP
from . import problems
from .entries import Entry, Kind
from .names import at

_TEXTS = frozenset(
    (
        *(".cfg", ".css", ".csv", ".htm", ".html", ".ini", ".jinja", ".jinja2", ".js", ".json"),
        *(".mako", ".md", ".mjs", ".pt", ".py", ".pyi", ".rst", ".sh", ".sql", ".svg", ".toml"),
        *(".tpl", ".ts", ".txt", ".xml", ".yaml", ".yml"),
    )
)
"""Files that are text whatever they hold. Any other one is if it is UTF-8."""


def hiding(root: Path, found: Iterable[Entry]) -> Iterator[Problem]:
    """The problem of each text, with the place of the first character that nobody sees.

    A lock has a stricter rule of its own.
    """
    files = [
        entry.path
        for entry in found
        if entry.kind is Kind.FILE and not entry.path.startswith("environments/")
    ]
    files += [file.name for file in root.iterdir() if TOP.fullmatch(file.name) and file.is_file()]
    for path in files:
        where = at(path)
        try:
            content = (root / path).read_bytes()
        except OSError as error:
            yield base_problems.unreadable(where, error.strerror or str(error))
            continue
        text = _text(path, content)
        if first := next(invisible(text), None):
            line, char = first
            more = sum(1 for _ in invisible(text)) - 1
            yield problems.hides(Location(where.path, line), char, more)


def _text(path: str, content: bytes) -> str:
    """The file as text, without its byte order mark; empty where it is none."""
    sure = Path(path).suffix.lower() in _TEXTS
    try:
        return content.decode("utf-8", "replace" if sure else "strict").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return ""
