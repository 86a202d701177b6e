"""A project of tiny frameworks, whose environments are made from wheels in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import ProblemError
from fieldguide.environments.prepare import FOLDER, prepare
from fieldguide.model import Environment, Problem

ROOT = Path(__file__).parents[2]
PROJECT = """\
[dependency-groups]
small = ["Small.Thing", "dotted>=1"]
other = ["dotted"]
test = []
[project]
name = "tiny"
version = "0"
dependencies = ["dotted"]
[tool.fieldguide.frameworks.small]
[tool.fieldguide.frameworks.other]
[tool.fieldguide.frameworks.bare]
"""


def folders(root: Path) -> list[str]:
    return sorted(path.name for path in (root / FOLDER).iterdir() if path.suffix != ".turn")


def site(environment: Environment) -> Path:
    return next(environment.python.parent.parent.glob("lib/*/site-packages"))


def problem_of(root: Path, name: str) -> Problem:
    """The one problem of making `name`, after which nothing half-made is left."""
    with pytest.raises(ProblemError) as raised:
        prepare(root, name)
    [problem] = raised.value.problems
    if (root / FOLDER).exists():
        assert folders(root) == []
    return problem
