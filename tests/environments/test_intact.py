"""An environment that is not what was installed is not believed where that counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_project import site

from fieldguide.base.problems import ProblemError, line
from fieldguide.environments import intact
from fieldguide.environments.prepare import FOLDER, prepare
from fieldguide.model import Environment


def _dated_back(path: Path, content: str) -> None:
    stat = path.stat()
    path.write_text(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def _edit_with_its_record(made: Environment) -> None:
    record = site(made) / "small_thing-1.0.dist-info/RECORD"
    lines = record.read_text().splitlines()
    record.write_text("\n".join("small.py,," if "small.py" in text else text for text in lines))


DAMAGE: dict[str, Callable[[Environment], object]] = {
    "small.py": lambda made: (site(made) / "small.py").write_text("one = 2\n"),
    # Of the same size and date: only the system knows better.
    "dotted/inner/__init__.py": lambda made: _dated_back(
        site(made) / "dotted/inner/__init__.py", "def main(): fail\n"
    ),
    "_small/__init__.py": lambda made: (site(made) / "_small/__init__.py").unlink(),
    "sitecustomize.py": lambda made: (site(made) / "sitecustomize.py").touch(),
    "evil.pth": lambda made: (site(made) / "evil.pth").symlink_to("small.py"),
}
"""What is done to an environment, by the file below ``site-packages`` that it is told of."""
UNLISTED: dict[str, Callable[[Environment], object]] = {
    "byte code": lambda made: next(site(made).glob("__pycache__/small.*.pyc")).write_bytes(b"x"),
    "more byte code": lambda made: (site(made) / "__pycache__/evil.cpython-399.pyc").touch(),
    "settings": lambda made: (made.python.parent.parent / "pyvenv.cfg").write_text("home = /x\n"),
    "no settings": lambda made: (made.python.parent.parent / "pyvenv.cfg").unlink(),
    "a record": lambda made: (site(made) / "dotted-2.0.dist-info/RECORD").write_bytes(b"\xff"),
}


def told(root: Path) -> str:
    with pytest.raises(ProblemError) as raised:
        prepare(root, "small", checked=True)
    (problem,) = raised.value.problems
    return line(problem)


def test_what_was_just_made_is_believed(root: Path) -> None:
    made = prepare(root, "small", checked=True)
    assert prepare(root, "small", checked=True) == made


@pytest.mark.parametrize("file", DAMAGE)
def test_a_changed_file_is_told_where_environments_are_checked(standing: Path, file: str) -> None:
    made = prepare(standing, "small")
    folder = made.python.parent.parent
    DAMAGE[file](made)
    place = f"{FOLDER}/{folder.name}"
    assert told(standing) == (
        f"{place}/{site(made).relative_to(folder)}/{file}: this is not as it was installed, so the "
        f"environment small is not believed. Next: remove {place}, and it is made again."
    )
    assert prepare(standing, "small").name == "small"  # else it is used, under a key of its own
    shutil.rmtree(folder)
    assert prepare(standing, "small", checked=True).fingerprint == made.fingerprint


@pytest.mark.parametrize("damage", UNLISTED)
def test_what_no_record_lists_is_told_by_the_folder(standing: Path, damage: str) -> None:
    made = prepare(standing, "small")
    place = f"{FOLDER}/{made.python.parent.parent.name}"
    UNLISTED[damage](made)
    assert told(standing).startswith(f"{place}: this is not as it was installed, so")


def test_a_script_is_listed_as_well(standing: Path) -> None:
    made = prepare(standing, "small")
    (made.python.parent / "dotted-run").write_text("#!/bin/sh\n")
    assert "/bin/dotted-run: this is not as it was" in told(standing)


def test_several_are_counted(standing: Path) -> None:
    made = prepare(standing, "small")
    (site(made) / "small.py").write_text("")
    (site(made) / "evil.py").touch()
    assert "this is not as it was installed, nor 1 other file, so" in told(standing)


def test_a_record_that_was_edited_along_is_no_help(standing: Path) -> None:
    made = prepare(standing, "small")
    (site(made) / "small.py").write_text("one = 2\n")
    _edit_with_its_record(made)
    assert "/small.py: this is not as it was installed" in told(standing)


def test_nothing_is_read_again_while_nobody_touches_a_file(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(standing, "small", checked=True)
    reads: list[Path] = []

    def reading(folder: Path, place: Path, rest: str) -> list[str]:
        reads.append(folder)
        return []

    monkeypatch.setattr(intact, "changed", reading)
    prepare(standing, "small", checked=True)
    assert reads == []


def test_a_copy_is_read_once(
    standing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(standing, "small")
    shutil.copytree(standing, tmp_path / "copy", symlinks=True)
    reads: list[Path] = []
    changed = intact.changed

    def reading(folder: Path, place: Path, rest: str) -> list[str]:
        reads.append(folder)
        return changed(folder, place, rest)

    monkeypatch.setattr(intact, "changed", reading)
    prepare(tmp_path / "copy", "small", checked=True)
    prepare(tmp_path / "copy", "small", checked=True)
    assert len(reads) == 1
