"""A project of tiny frameworks, for every test of this folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_project import PROJECT, ROOT
from wheels import wheel

from fieldguide.environments.prepare import FOLDER, prepare


def _lay_out(folder: Path) -> Path:
    """A project with the frameworks small, other and bare, beside an index in a folder."""
    wheels = folder / "wheels"
    small = wheel(wheels, "small_thing", "1.0", {"small.py": "one = 1\n", "_small/__init__.py": ""})
    dotted = wheel(wheels, "dotted", "2.0", {"dotted/inner/__init__.py": "def main(): pass\n"})
    wheel(wheels, "dotted", "3.0", {"dotted/inner/__init__.py": ""})
    project = folder / "project"
    (project / "environments").mkdir(parents=True)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "environments/small.txt").write_text(dotted + small)
    (project / "environments/other.txt").write_text(dotted)
    return project


def _surround(patch: pytest.MonkeyPatch, folder: Path, cache: Path) -> None:
    """The variables of a shell in which uv finds the wheels of that folder, and no network."""
    patch.setenv("UV_OFFLINE", "1")
    patch.setenv("UV_FIND_LINKS", str(folder / "wheels"))
    patch.setenv("UV_CACHE_DIR", str(cache))
    patch.setenv("VIRTUAL_ENV", str(folder / "nowhere"))
    patch.setenv("PYTHONPATH", str(ROOT / "hooks"))


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What uv keeps of one test for the others: above all, what it asked this Python."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def root(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without environments."""
    _surround(monkeypatch, tmp_path, cache)
    return _lay_out(tmp_path)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """The folder of environments of a project that has made ``small``."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        _surround(patch, folder, cache)
        project = _lay_out(folder)
        prepare(project, "small")
    return project / FOLDER


@pytest.fixture
def standing(root: Path, _made: Path) -> Path:
    """A project whose environment ``small`` stands, and has been looked at: for what is not about
    making it. It is a copy, which is quicker than uv is."""
    shutil.copytree(_made, root / FOLDER, symlinks=True)
    prepare(root, "small", checked=True)
    return root
