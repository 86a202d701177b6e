"""Other places for a tree: as an archive and as a clone, closed, beside a load, later."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import places
import pytest
from checkout import checkout, git
from miniature import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="what POSIX systems have")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "here"
    root.mkdir()
    (root / "a.txt").write_text("1")
    checkout(root)
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "1")
    (root / "left.txt").touch()
    monkeypatch.setattr(places, "ROOT", root)
    return root


@pytest.mark.parametrize("with_git", [True, False])
def test_a_copy_holds_what_git_tracks_as_it_is_now(
    tree: Path, tmp_path: Path, with_git: bool
) -> None:
    (tree / "a.txt").write_text("2")
    folder = places.lay_out(tmp_path / "é [b]" / "copy", git=with_git)
    names = {path.name for path in folder.iterdir()}
    assert names == ({".git", "a.txt"} if with_git else {"a.txt"})
    assert (folder / "a.txt").read_text() == "2"


def test_a_closed_tree_is_open_again_afterwards(tmp_path: Path) -> None:
    with places.closed(tmp_path):
        assert tmp_path.stat().st_mode & 0o222 == 0
    assert tmp_path.stat().st_mode & 0o200


def test_a_load_ends() -> None:
    with places.load(2) as busy:
        assert [process.poll() for process in busy] == [None, None]
    assert all(process.poll() is not None for process in busy)


@pytest.mark.skipif(shutil.which("date") is None, reason="needs date")
def test_it_is_later() -> None:
    pytest.importorskip("libfaketime")
    variables = {**os.environ, **places.later(ROOT, "2030-01-02 00:00:00")}
    done = subprocess.run(["date", "+%Y"], env=variables, capture_output=True, text=True)
    assert done.stdout == "2030\n"


def test_without_the_library_there_is_a_next_act(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"Next: make \.venv/\.project"):
        places.later(tmp_path, "2030-01-02 00:00:00")


def test_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert places.as_nobody() == places.read_only(tmp_path) == []
    assert places.own(tmp_path / "home").is_dir()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert places.as_nobody()[0] == "setpriv"
    assert places.read_only(tmp_path)[-1] == str(tmp_path)
    monkeypatch.setenv("HOME", "/somewhere")
    assert "HOME" not in places.without("HOME")
