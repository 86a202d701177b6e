"""A project of tiny frameworks, for every test of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_project import PROJECT, ROOT
from wheels import wheel


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the frameworks small, other and bare, and an index in a folder."""
    wheels = tmp_path / "wheels"
    small = wheel(wheels, "small_thing", "1.0", {"small.py": "one = 1\n", "_small/__init__.py": ""})
    dotted = wheel(wheels, "dotted", "2.0", {"dotted/inner/__init__.py": "def main(): pass\n"})
    wheel(wheels, "dotted", "3.0", {"dotted/inner/__init__.py": ""})
    project = tmp_path / "project"
    (project / "environments").mkdir(parents=True)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "environments/small.txt").write_text(dotted + small)
    (project / "environments/other.txt").write_text(dotted)
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "hooks"))
    return project
