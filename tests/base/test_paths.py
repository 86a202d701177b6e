"""Finding the folder in which a project starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base import paths


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("", "snippets/routing/flask/inner"):
        (tmp_path / folder / "snippets").mkdir(parents=True, exist_ok=True)
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def test_it_is_found_from_every_folder_in_it(root: Path) -> None:
    assert paths.find_root(root) == root
    assert paths.find_root(root / "snippets/routing/flask/inner") == root


def test_the_nearest_one_is_meant(root: Path) -> None:
    inner = root / "snippets/routing/flask/inner"
    (inner / "pyproject.toml").write_text("")
    assert paths.find_root(inner / "snippets") == inner


def test_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    assert paths.find_root(tmp_path / "snippets") is None
