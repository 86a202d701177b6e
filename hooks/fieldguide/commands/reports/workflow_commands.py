"""A report for GitHub: workflow commands that annotate the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from ...base import problems as base_problems
from ...base.text import visible
from ...model import Problem


def workflow_commands(wrong: Iterable[Problem]) -> list[str]:
    """A workflow command a problem, which GitHub shows beside the problem's line."""
    return [_annotation(problem) for problem in wrong]


def _annotation(problem: Problem) -> str:
    where = problem.location
    place = f"file={_property(where.path)}"
    if where.line is not None:
        place += f",line={where.line}"
    severity = "warning" if problem.severity == "warning" else "error"
    located = visible(where.path) if where.line is None else f"{visible(where.path)}:{where.line}"
    text = base_problems.line(problem).removeprefix(f"{located}: ")
    return f"::{severity} {place}::{_data(text)}"


def _data(text: str) -> str:
    """The text of a command; GitHub decodes these three."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value, which a colon or a comma would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
