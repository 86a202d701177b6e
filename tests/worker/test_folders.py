"""Folders that a snippet left are removed, whatever it did to them."""

from __future__ import annotations

import os
from pathlib import Path

from fieldguide.worker.folders import beside, clear, remove


def test_everything_below_goes_and_the_folder_stays(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "file").write_text("x")
    (folder / "a" / "b").chmod(0)
    (folder / "a").chmod(0o500)
    clear(folder)
    assert list(folder.iterdir()) == []


def test_a_link_is_only_unlinked(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("x")
    folder = tmp_path / "job"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    remove(folder)
    (tmp_path / "job").symlink_to(kept)
    remove(tmp_path / "job")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (kept / "file").read_text() == "x"


def test_neither_depth_nor_the_length_of_a_path_is_a_limit(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    top = os.open(folder, os.O_RDONLY)
    current = top
    for _ in range(60):
        os.mkdir("x" * 100, dir_fd=current)
        below = os.open("x" * 100, os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = below
    os.close(current)
    remove(folder)
    assert not folder.exists()


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    remove(tmp_path / "nothing")
    assert beside(tmp_path / "job") == tmp_path / "job-shell"
