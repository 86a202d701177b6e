"""The dependency groups of ``pyproject.toml``: what each framework's environment holds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import problems
from .installed import normalise
from .model import Location
from .problems import ProblemError

BENCH = "bench"
"""The environment of what `fieldguide bench` measures beside."""


def read(root: Path) -> dict[str, frozenset[str]]:
    """What each framework asks for, as normalised names, by framework in the fixed order; last,
    where there is such a group, what the peers in `BENCH` do.

    A framework without a group has an empty set; ``wanted`` makes it a problem.
    """
    where = Location("pyproject.toml")
    try:
        settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    except OSError:
        raise ProblemError(problems.no_project(where)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"at line (\d+)", str(error))
        where = Location("pyproject.toml", int(line[1]) if line else None)
        raise ProblemError(problems.bad_toml(where, str(error))) from None
    groups = {
        normalise(name): group for name, group in settings.get("dependency-groups", {}).items()
    }
    frameworks = settings.get("tool", {}).get("fieldguide", {}).get("frameworks", {})
    names = [*frameworks, *([BENCH] if BENCH in groups else [])]
    return {name: frozenset(_names(groups, name)) for name in names}


def wanted(root: Path, name: str) -> frozenset[str]:
    """What the framework ``name`` asks for; a problem where there is no such framework."""
    found = read(root)
    if name not in found:
        raise ProblemError(problems.environment_unknown(name, found))
    if not found[name]:
        raise ProblemError(problems.group_missing(name))
    return found[name]


def _names(groups: Mapping[str, Any], name: str, seen: tuple[str, ...] = ()) -> set[str]:
    names = set()
    for entry in groups.get(normalise(name), ()):
        if isinstance(entry, str):
            found = re.match(r"\s*([A-Za-z0-9][\w.-]*)", entry)
            if found:
                names.add(normalise(found[1]))
        elif isinstance(entry, dict) and entry.get("include-group") not in (None, *seen, name):
            names |= _names(groups, entry["include-group"], (*seen, name))
    return names
