"""TOML files, read with located problems, and the line of each key in one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..model import Location, Problem
from . import bounds, problems, toml_lines
from .problems import ProblemError, Problems

PROJECT = "pyproject.toml"


@dataclass(frozen=True)
class Document:
    """A TOML file, read."""

    path: str
    """As messages name it: relative to the project's root."""
    data: dict[str, Any]
    text: str

    @cached_property
    def _lines(self) -> Mapping[toml_lines.Keys, int]:
        return toml_lines.lines(self.text)

    def at(self, *keys: str) -> Location:
        """The place of the value under ``keys``; else of the nearest table above it; else the
        file."""
        for count in range(len(keys), 0, -1):
            if line := self._lines.get(keys[:count]):
                return Location(self.path, line)
        return Location(self.path)

    def table(self, *keys: str) -> dict[str, Any]:
        """The table under ``keys``; an empty one where there is none."""
        value: Any = self.data
        for key in keys:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        return value if isinstance(value, dict) else {}


def project(root: Path) -> Document:
    """The project's ``pyproject.toml``; raises `ProblemError`, also where there is none."""
    try:
        content = (root / PROJECT).read_bytes()
    except OSError:
        raise ProblemError(problems.no_project(Location(PROJECT))) from None
    collector = Problems()
    document = parse(collector, content, PROJECT)
    if document is None:
        raise ProblemError(*collector)
    return document


def parse(collector: Problems, content: bytes, path: str) -> Document | None:
    """The tables in a file, which ``path`` names in messages; None where the collector got a
    problem of it."""
    if len(content) > bounds.TABLES:
        collector.add(problems.file_too_long(Location(path), bounds.TABLES))
        return None
    try:
        text = content.decode("utf-8")
        if over := next(bounds.in_toml(text), None):
            collector.add(problems.toml_too_much(Location(path, over[0]), over[1]))
            return None
        return Document(path, tomllib.loads(text), text)
    except UnicodeDecodeError as error:
        collector.add(problems.not_utf8(undecodable(content, path, error)))
    except tomllib.TOMLDecodeError as error:
        collector.add(_bad_syntax(text, path, str(error)))
    return None


def _bad_syntax(text: str, path: str, error: str) -> Problem:
    """What tomllib says of a file, at the line that it names."""
    if text.startswith("\ufeff"):
        return problems.byte_order_mark(Location(path, 1))
    line = re.search(r" \(at line (\d+)", error)
    ends = error.endswith("(at end of document)")
    number = int(line[1]) if line else text.count("\n") + 1 if ends else None
    return problems.bad_toml(Location(path, number), error.partition(" (at ")[0])


def undecodable(content: bytes, path: str, error: UnicodeDecodeError) -> Location:
    """The line with the first byte that is not UTF-8."""
    return Location(path, content.count(b"\n", 0, error.start) + 1)
