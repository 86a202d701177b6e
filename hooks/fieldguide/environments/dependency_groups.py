"""The dependency groups of ``pyproject.toml``: what each framework's environment holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from packaging.dependency_groups import DependencyGroupResolver

from ..base import toml
from ..base.problems import ProblemError
from ..base.toml import Document
from . import problems
from .installed import normalise

BENCH = "bench"
"""The environment of the other tools that ``bench`` measures."""

_GROUPS = "dependency-groups"


def names(root: Path) -> list[str]:
    """The environments of a project: each framework's in the fixed order; last `BENCH`, where there
    is such a group."""
    return _names(toml.project(root))


def wanted(root: Path, name: str) -> frozenset[str]:
    """The distributions that the group of the environment ``name`` asks for, as normalised names.

    Raises `ProblemError` where there is no such environment or no such group, or where the group
    or one that it includes breaks the rules of PEP 735.
    """
    document = toml.project(root)
    known = _names(document)
    if name not in known:
        raise ProblemError(problems.environment_unknown(name, known))
    groups = document.table(_GROUPS)
    spelling = next((group for group in groups if normalise(group) == normalise(name)), None)
    if spelling is None:
        raise ProblemError(problems.group_missing(name))
    try:
        requirements = DependencyGroupResolver(groups).resolve(name)
    except ExceptionGroup as error:
        at, reason = document.at(_GROUPS, spelling), "; ".join(_reasons(error))
        raise ProblemError(problems.group_invalid(at, name, reason)) from None
    if not requirements:
        raise ProblemError(problems.group_missing(name))
    return frozenset(normalise(requirement.name) for requirement in requirements)


def _names(document: Document) -> list[str]:
    groups = map(normalise, document.table(_GROUPS))
    frameworks = document.table("tool", "fieldguide", "frameworks")
    return [*frameworks, *([BENCH] if BENCH in groups else [])]


def _reasons(group: ExceptionGroup[Exception]) -> Iterator[str]:
    """The resolver's errors, each in one line."""
    for error in group.exceptions:
        if isinstance(error, ExceptionGroup):
            yield from _reasons(error)
        else:
            yield str(error).partition("\n")[0].rstrip(".")
