"""What tests of commands share: the base project as the current directory."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.running import sandbox

TRIED = functools.cache(sandbox._tried)


@pytest.fixture(autouse=True)
def _one_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program is tried once as a boundary, not for each of hundreds of runs; how it is tried,
    ``tests/running/test_proof.py`` holds."""
    monkeypatch.setattr(sandbox, "_tried", TRIED)


@pytest.fixture
def project(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project, as the current directory."""
    root = make_project()
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return root


@pytest.fixture
def passed(project: Path, proven: Path) -> Path:
    """The same, whose snippets have passed: for what is not about running them."""
    shutil.copytree(proven, project / ".fieldguide/cache")
    return project
