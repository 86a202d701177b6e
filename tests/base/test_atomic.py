"""Files written whole or not at all. What several engines do at once is in test_cache."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldguide.base.writing import atomic


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "run.sh"
    path.write_bytes(b"old")
    path.chmod(0o750)
    atomic.write(path, b"new")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o750)
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_one_that_others_may_read(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    atomic.write(tmp_path / "new", b"1")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_a_held_file_may_be_read_by_whom_the_umask_says(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        atomic.write_held(tmp_path, b"1", "results.json")
    finally:
        os.umask(before)
    assert (tmp_path / "results.json").stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("call", ["replace", "open"])
def test_where_writing_fails_the_file_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "page.md"
    path.write_bytes(b"old")
    with monkeypatch.context() as patched:
        patched.setattr(Path, call, refuse)
        with pytest.raises(OSError, match="No space left"):
            atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_block_that_fails_has_written_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "flask.txt"

    def fail() -> None:
        with atomic.replacing(path) as beside:
            beside.write_bytes(b"half")
            assert not beside.match("*.txt")
            raise KeyError("why")

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []
