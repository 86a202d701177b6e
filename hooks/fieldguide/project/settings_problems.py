"""Every problem of the settings in ``pyproject.toml``, in words."""

from __future__ import annotations

from ..base.text import slug
from ..model import Location, Problem


def no_frameworks(at: Location) -> Problem:
    return Problem(
        at,
        "no framework is configured",
        "add a table [tool.fieldguide.frameworks.NAME] with title, distribution, server and docs",
    )


_FRAMEWORK = "give it title, distribution, server, docs and, if needed, preload and official"


def framework_no_table(at: Location, name: str) -> Problem:
    return Problem(at, f"the framework {name} must be a table", _FRAMEWORK)


def framework_without(at: Location, name: str, key: str) -> Problem:
    """A key is missing that every framework has."""
    return Problem(at, f"the framework {name} has no {key}", _FRAMEWORK)


def framework_no_text(at: Location, name: str, key: str) -> Problem:
    return Problem(
        at,
        f"{key} of the framework {name} must be a string that is not empty",
        f'write it as {key} = "..."',
    )


def framework_no_list(at: Location, name: str, key: str, items: str) -> Problem:
    """``items`` are what the list has to be of, in words."""
    return Problem(
        at,
        f"{key} of the framework {name} must be a list of {items}",
        f'write it as {key} = ["..."]',
    )


def framework_name(at: Location, name: str) -> Problem:
    return Problem(
        at,
        f'"{name}" cannot name a framework: it also names folders and addresses',
        f"use lower case, digits and hyphens, such as {slug(name)}",
    )


def limit_no_number(at: Location, key: str, usual: float) -> Problem:
    """``usual`` is what the limit is where nobody sets it."""
    return Problem(
        at,
        f"the limit {key} must be a number above 0",
        f"write {key} = {usual:g}, for example",
    )


def limit_not_whole(at: Location, key: str, usual: int) -> Problem:
    """``usual`` is what the limit is where nobody sets it."""
    return Problem(
        at,
        f"the limit {key} must be a whole number above 0",
        f"write {key} = {usual}, for example",
    )
