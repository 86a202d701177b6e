"""What the project's own commands make: worth as much as whoever can write it, so never sent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ...model import Problem
from . import problems
from .names import at

_AT_THE_TOP = (
    *(".fieldguide", ".venv", "site"),
    *(".coverage", ".hypothesis", ".import_linter_cache"),
    *(".mypy_cache", ".pytest_cache", ".ruff_cache"),
)
"""What the commands of the project and its tools leave at the top, and believe the next time."""
_ANYWHERE = re.compile(r"(.*?/)?(__pycache__(?=/)|[^/]+\.(pyc|pyo|egg-info)(?=/|$))")
"""What Python loads in the place of the sources that a person reads."""


def tracked(paths: Iterable[str]) -> Iterator[Problem]:
    """The problem of each folder or file that is made by commands, and that git tracks."""
    counted = Counter(name for path in paths if (name := made(path)))
    for name, count in counted.items():
        yield problems.made_is_tracked(at(name), count)


def made(path: str) -> str:
    """The folder or file that is made by commands and that the path is or lies in; else empty."""
    top = path.partition("/")[0]
    if _at_the_top(top):
        return top
    match = _ANYWHERE.match(path)
    return match[0] if match else ""


def _at_the_top(name: str) -> bool:
    """Whether commands make a folder or file of this name at the top."""
    return name.casefold() in _AT_THE_TOP
