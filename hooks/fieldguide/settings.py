"""The project's settings: the tables under ``[tool.fieldguide]`` in ``pyproject.toml``, checked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from . import problems, toml
from .installed import normalise
from .model import Framework, Limits, Location, Problem
from .problems import ProblemError

PATH = "pyproject.toml"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""How a concept and a framework are named: as folders, in addresses and in ids."""

_FRAMEWORKS, _LIMITS = "tool.fieldguide.frameworks", "tool.fieldguide.limits"
_TEXTS = ("title", "distribution", "server", "docs")


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``pyproject.toml`` says to the engine."""

    frameworks: Mapping[str, Framework]
    """By name, in the order of every page."""
    limits: Limits
    """What a snippet may use."""


def read(root: Path) -> Settings:
    """The settings of the project under ``root``; raises `ProblemError` with every problem."""
    try:
        content = (root / PATH).read_bytes()
    except OSError:
        raise ProblemError(problems.no_project(Location(PATH))) from None
    tables, text = toml.parse(content, PATH)
    named, limits = _table(tables, _FRAMEWORKS), _table(tables, _LIMITS)
    if not named:
        raise ProblemError(problems.no_frameworks(Location(PATH)))
    found = [problem for name in named for problem in _framework(name, named[name], text)]
    found += _limits(limits, text)
    if found:
        raise ProblemError(*found)
    return Settings(
        {name: Framework(name=name, **{**entry, **_lists(entry)}) for name, entry in named.items()},
        Limits(**limits),
    )


def preload_location(root: Path, name: str) -> Location:
    """Where a framework's preload stands."""
    try:
        text = (root / PATH).read_text("utf-8", "replace")
    except OSError:
        text = ""
    return Location(PATH, toml.line_of(text, f"{_FRAMEWORKS}.{name}", "preload"))


def _framework(name: str, entry: Any, text: str) -> Iterator[Problem]:
    """What is wrong with one framework's table."""
    table = f"{_FRAMEWORKS}.{name}"
    at = Location(PATH, toml.line_of(text, table))
    if not SLUG.fullmatch(name):
        yield problems.framework_name(at, name)
    if not isinstance(entry, dict):
        yield problems.bad_framework(at, name, "it is no table")
        return
    for key in _TEXTS:
        if key not in entry:
            yield problems.bad_framework(at, name, f"it has no {key}")
    for key, value in entry.items():
        place = Location(PATH, toml.line_of(text, table, key))
        if key in _TEXTS:
            if not isinstance(value, str) or not value:
                yield problems.bad_framework(place, name, f"its {key} is no text")
        elif key not in _LISTS:
            yield problems.unknown_setting(place, key, (*_TEXTS, *_LISTS))
        elif not isinstance(value, list) or not all(_LISTS[key](one) for one in value):
            kind = "modules" if key == "preload" else "distributions"
            yield problems.bad_framework(place, name, f"its {key} is no list of {kind}")


def _lists(entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The lists of one framework's table; distributions as indexes compare them."""
    return {
        "preload": tuple(entry.get("preload", ())),
        "official": tuple(normalise(name) for name in entry.get("official", ())),
    }


def _is_module(value: Any) -> bool:
    return isinstance(value, str) and all(part.isidentifier() for part in value.split("."))


def _is_distribution(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?", value))


_LISTS = {"preload": _is_module, "official": _is_distribution}


def _limits(entry: Mapping[str, Any], text: str) -> Iterator[Problem]:
    """What is wrong with the limits."""
    known = [field.name for field in fields(Limits)]
    for key, value in entry.items():
        at = Location(PATH, toml.line_of(text, _LIMITS, key))
        whole = isinstance(value, int) and not isinstance(value, bool)
        if key not in known:
            yield problems.unknown_setting(at, key, known)
        elif key == "wall_seconds":
            real = whole or (isinstance(value, float) and math.isfinite(value))
            if not (real and value > 0):
                example = f"{key} = {Limits().wall_seconds:g}"
                yield problems.bad_limit(at, key, "a number above 0", example)
        elif not (whole and value > 0):
            example = f"{key} = {getattr(Limits(), key)}"
            yield problems.bad_limit(at, key, "a whole number above 0", example)


def _table(tables: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The table at a dotted path; an empty one where there is none."""
    found: Any = tables
    for name in path.split("."):
        found = found.get(name, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}
