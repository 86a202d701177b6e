"""Changes of files: shown as a diff, and written only over what they were made for."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest
from bounded import processor

from fieldguide.base.problems import ProblemError
from fieldguide.base.writing.changes import Change, write


def test_a_change_is_shown_as_a_diff() -> None:
    change = Change("docs/a.md", b"one\ntwo\n", b"one\n\xff\n")
    assert list(change.diff()) == [
        "--- docs/a.md",
        "+++ docs/a.md",
        "@@ -1,2 +1,2 @@",
        " one",
        "-two",
        "+\ufffd",
    ]


def test_changes_are_written_one_after_the_other(tmp_path: Path) -> None:
    tmp_path.joinpath("old").write_bytes(b"1")
    write(tmp_path, [Change("old", b"1", b"2"), Change("new", b"", b"3")])
    contents = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert contents == {"old": b"2", "new": b"3"}


@pytest.mark.parametrize("old", [b"1", b""])
def test_what_was_changed_in_the_meantime_stays(tmp_path: Path, old: bytes) -> None:
    tmp_path.joinpath("a.md").write_bytes(b"mine")
    with pytest.raises(ProblemError, match=r"a\.md: this file was changed"):
        write(tmp_path, [Change("a.md", old, b"theirs")])
    assert tmp_path.joinpath("a.md").read_bytes() == b"mine"


def test_what_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"nowhere/a.md: this file cannot be written: No such"):
        write(tmp_path, [Change("nowhere/a.md", b"", b"new")])


def test_a_diff_is_difflibs() -> None:
    old = [*"abcdefghijklmnop", "", "x", "z"]
    new = [*"abXdefghijklmnp", "", "", "y"]
    change = Change("a.md", "\n".join(old).encode(), "\n".join(new).encode())
    theirs = unified_diff(old, new, "a.md", "a.md", lineterm="")
    assert list(change.diff()) == list(theirs)
    assert list(Change("a.md", b"a\n", b"a\n").diff()) == []
    assert list(Change("a.md", b"", b"a\n").diff())[2] == "@@ -0,0 +1 @@"


def test_lines_that_come_again_and_again_are_shown_as_other_ones() -> None:
    """What is alike at both ends is still seen."""
    same, old, new = "a\nb\n", "a\nb\n" * 5_000, "b\na\na\n" * 5_000
    change = Change("a.md", f"1\n{same}{old}2\n".encode(), f"1\n{same}{new}2\n".encode())
    with processor():
        lines = list(change.diff())
    assert [lines[3], lines[-1]] == [" 1", " 2"]
    assert sum(line.startswith("-") for line in lines[2:]) == 10_000
    assert sum(line.startswith("+") for line in lines[2:]) == 15_000
