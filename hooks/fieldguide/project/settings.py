"""The project's settings: the tables under ``[tool.fieldguide]`` in ``pyproject.toml``, checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from ..base import problems as base_problems
from ..base import toml
from ..base.problems import ProblemError, Problems
from ..base.text import SLUG
from ..base.toml import Document
from ..environments.installed import normalise
from ..model import Framework, Limits, Location, Problem
from . import settings_problems

_FRAMEWORKS = ("tool", "fieldguide", "frameworks")
_LIMITS = ("tool", "fieldguide", "limits")
_TEXTS = ("title", "distribution", "server", "docs")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one project."""

    frameworks: Mapping[str, Framework]
    """By name, in the order of every page."""
    limits: Limits
    """What a snippet may use."""


def read(root: Path) -> Settings:
    """The settings of the project under ``root``; raises `ProblemError` with every problem."""
    document = toml.project(root)
    frameworks, limits = document.table(*_FRAMEWORKS), document.table(*_LIMITS)
    if not frameworks:
        raise ProblemError(settings_problems.no_frameworks(Location(document.path)))
    collector = Problems()
    for name, table in frameworks.items():
        collector.add(*_framework(document, name, table))
    collector.add(*_limits(document, limits))
    collector.stop()
    return Settings(
        {
            name: Framework(name=name, **{**table, **_lists(table)})
            for name, table in frameworks.items()
        },
        Limits(**limits),
    )


def preload_location(root: Path, name: str) -> Location:
    """The place of a framework's preload; only the file where it cannot be read any more."""
    try:
        return toml.project(root).at(*_FRAMEWORKS, name, "preload")
    except ProblemError:
        return Location(toml.PROJECT)


def _framework(document: Document, name: str, table: Any) -> Iterator[Problem]:
    """What is wrong with one framework's table."""
    at = document.at(*_FRAMEWORKS, name)
    if not SLUG.fullmatch(name):
        yield settings_problems.framework_name(at, name)
    if not isinstance(table, dict):
        yield settings_problems.framework_no_table(at, name)
        return
    for key in _TEXTS:
        if key not in table:
            yield settings_problems.framework_without(at, name, key)
    for key, value in table.items():
        place = document.at(*_FRAMEWORKS, name, key)
        if key in _TEXTS:
            if not isinstance(value, str) or not value:
                yield settings_problems.framework_no_text(place, name, key)
        elif key not in _LISTS:
            yield base_problems.unknown_setting(place, key, (*_TEXTS, *_LISTS))
        elif not isinstance(value, list) or not all(map(_LISTS[key], value)):
            items = "modules" if key == "preload" else "distributions"
            yield settings_problems.framework_no_list(place, name, key, items)


def _lists(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The lists of one framework's table; distributions have the form in which indexes compare
    names."""
    return {
        "preload": tuple(table.get("preload", ())),
        "official": tuple(normalise(name) for name in table.get("official", ())),
    }


def _is_module(value: Any) -> bool:
    return isinstance(value, str) and all(part.isidentifier() for part in value.split("."))


def _is_distribution(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", value))


_LISTS = {"preload": _is_module, "official": _is_distribution}


def _limits(document: Document, table: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the limits."""
    known = [field.name for field in fields(Limits)]
    for key, value in table.items():
        at = document.at(*_LIMITS, key)
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if key not in known:
            yield base_problems.unknown_setting(at, key, known)
        elif key == "wall_seconds":
            is_number = is_whole or (isinstance(value, float) and math.isfinite(value))
            if not (is_number and value > 0):
                yield settings_problems.limit_no_number(at, key, Limits().wall_seconds)
        elif not (is_whole and value > 0):
            yield settings_problems.limit_not_whole(at, key, getattr(Limits(), key))
