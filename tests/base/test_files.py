"""Files of a project: contents, or the problem that they have none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldguide.base.files import content_of, located
from fieldguide.base.problems import Problems, line
from fieldguide.model import Location


def test_a_path_is_a_place_with_forward_slashes(tmp_path: Path) -> None:
    assert located(tmp_path, tmp_path / "docs" / "a.md") == Location("docs/a.md")


def test_the_content_of_a_file(tmp_path: Path) -> None:
    collector = Problems()
    tmp_path.joinpath("a.md").write_bytes(b"\xff")
    assert content_of(collector, tmp_path, tmp_path / "a.md") == b"\xff"
    assert content_of(collector, tmp_path, tmp_path / "b.md") is None
    assert not collector


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    collector = Problems()
    tmp_path.joinpath("folder").mkdir()
    tmp_path.joinpath("link").symlink_to("nowhere")
    assert content_of(collector, tmp_path, tmp_path / "folder") is None
    assert content_of(collector, tmp_path, tmp_path / "link") is None
    messages = [line(problem) for problem in collector]
    assert messages[0].startswith("folder: this is a folder where a file belongs.")
    assert messages[1].startswith("link: this is a symbolic link; ")


def test_what_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    collector = Problems()
    tmp_path.joinpath("a.md").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert content_of(collector, tmp_path, tmp_path / "a.md") is None
    assert [line(problem) for problem in collector] == [
        "a.md: this file cannot be read: Permission denied. Next: make it readable."
    ]
