"""A report for GitHub: workflow commands that annotate the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable

from ...base.problems import WARNING, line
from ...base.text import visible
from ...model import Problem


def workflow_commands(problems: Iterable[Problem]) -> list[str]:
    """A workflow command a problem, which GitHub shows beside the problem's line."""
    return [_annotation(problem) for problem in problems]


def _annotation(problem: Problem) -> str:
    at = problem.location
    place = f"file={_property(at.path)}"
    if at.line is not None:
        place += f",line={at.line}"
    severity = "warning" if problem.severity == "warning" else "error"
    located = visible(at.path) if at.line is None else f"{visible(at.path)}:{at.line}"
    text = line(problem).removeprefix(f"{located}: ").removeprefix(WARNING)
    return f"::{severity} {place}::{_data(text)}"


def _data(text: str) -> str:
    """The text of a command; GitHub decodes these three."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value, which a colon or a comma would end."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
