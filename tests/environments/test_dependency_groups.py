"""The dependency groups of a project file, and what is direct by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_project import PROJECT, problem_of

from fieldguide.base.problems import line
from fieldguide.environments.prepare import prepare
from fieldguide.model import Location


def test_a_framework_without_a_group(root: Path) -> None:
    (root / "environments/bare.txt").touch()
    assert line(problem_of(root, "bare")) == (
        'pyproject.toml: the framework "bare" has no dependency group. '
        'Next: write bare = ["..."] under [dependency-groups], then: fieldguide lock bare.'
    )


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        ('[{include-group = "small"}]', "small includes itself"),
        ('[{include-group = "other"}]\nother = [{include-group = "SMALL"}]', "other -> small"),
        ('[{include-group = "nowhere"}]', "Dependency group 'nowhere' not found"),
        ('["dotted", {include = "other"}]', "Invalid dependency group item"),
        ('["dotted", 3]', "Invalid dependency group item"),
        ('["not a requirement"]', "Expected semicolon (after name"),
        ('"dotted"', "contained a string rather than a list"),
        ("[]\nSmall = []", "Duplicate dependency group names"),
    ],
)
def test_a_group_that_is_none(root: Path, group: str, reason: str) -> None:
    """What PEP 735 says of groups is asked of its reference implementation."""
    project = root / "pyproject.toml"
    head = '[tool.x]\ny = [\n["a"],\n]\n[dependency-groups]\n'
    rest = PROJECT.partition("[project]")[2]
    others = "" if "other =" in group else 'other = ["dotted"]\n'
    project.write_text(f"{head}small = {group}\n{others}[project]{rest}")
    problem = problem_of(root, "small")
    assert problem.location == Location("pyproject.toml", 6)
    assert problem.message.startswith('the dependency group "small" cannot be read (')
    assert reason.lower() in problem.message.lower()
    assert problem.next.endswith("fieldguide lock small")


def test_what_is_direct_follows_the_project_file(root: Path) -> None:
    prepare(root, "small")
    project = root / "pyproject.toml"
    text = project.read_text().replace('"dotted>=1"]', '{include-group = "bits"}]')
    project.write_text(text.replace("test =", "bits = []\ntest ="))
    assert [d.direct for d in prepare(root, "small").distributions] == [False, True]
    project.write_text(text.replace("test =", 'bits = ["DOTTED"]\ntest ='))
    assert [d.direct for d in prepare(root, "small").distributions] == [True, True]
