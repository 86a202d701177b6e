"""Failures of uv, each as a problem with a place and a next act."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from tiny_project import problem_of
from wheels import wheel

from fieldguide.environments import uv


def test_a_file_that_is_not_the_locked_one(root: Path) -> None:
    lock = root / "environments/small.txt"
    lock.write_text(re.sub(r"(small.*\n.*sha256:)\w+", rf"\g<1>{'0' * 64}", lock.read_text()))
    problem = problem_of(root, "small")
    assert (problem.location.path, problem.location.line) == ("environments/small.txt", 3)
    assert "a file is not the one that was locked" in problem.message
    assert "Hash mismatch for `small-thing==1.0`" in problem.message
    assert problem.next.endswith("fieldguide lock small")


@pytest.mark.parametrize(
    ("lock", "number", "quoted"),
    [
        ("\n<<<<<<< HEAD\n", 2, "Unexpected '<'"),
        ("\n\ndotted==2.0\n", 3, "must have a hash"),
        ("dotted \\\n    --hash=sha256:" + "0" * 64, 1, "versions pinned with `==`"),
        ("dotted==2.0 \\\n    --hash=sha256:00\n", None, "digest length"),
    ],
)
def test_a_broken_lock(root: Path, lock: str, number: int | None, quoted: str) -> None:
    (root / "environments/small.txt").write_text(lock)
    problem = problem_of(root, "small")
    assert (problem.location.path, problem.location.line) == ("environments/small.txt", number)
    assert problem.message.startswith('the lock of small is broken ("')
    assert quoted in problem.message
    assert problem.next == "fieldguide lock small"


def test_no_such_version(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = root / "environments/small.txt"
    future = wheel(
        tmp_path / "wheels", "future", "1.0", {"future.py": ""}, "Requires-Python: >=9\n"
    )
    lock.write_text(lock.read_text() + future)
    monkeypatch.delenv("UV_OFFLINE")
    monkeypatch.setenv("UV_DEFAULT_INDEX", (tmp_path / "empty").as_uri())
    (tmp_path / "empty").mkdir()
    problem = problem_of(root, "small")
    assert (problem.location.path, problem.location.line) == ("environments/small.txt", 5)
    python = "{}.{}".format(*sys.version_info)
    assert f"nothing on the package index fits the environment small on Python {python}" in (
        problem.message
    )
    assert "fieldguide lock small --upgrade" in problem.next


@pytest.mark.parametrize("how", ["offline", "refused"])
def test_no_network(root: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.delenv("UV_FIND_LINKS")
    if how == "refused":
        monkeypatch.delenv("UV_OFFLINE")
        monkeypatch.setenv("UV_HTTP_RETRIES", "0")
        monkeypatch.setenv("UV_DEFAULT_INDEX", "http://me:secret@127.0.0.1:9/simple")
    problem = problem_of(root, "small")
    assert problem.location.path == "environments/small.txt"
    assert "the package index does not answer" in problem.message
    assert "secret" not in problem.message
    assert problem.next.startswith("check the network")


def test_no_uv(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "python"))
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    problem = problem_of(root, "small")
    assert "uv is not installed" in problem.message
    assert problem.next.startswith("make test")


def test_a_full_disk_that_uv_meets(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise uv.UvError(
            "error: Failed to install: small_thing-1.0-py3-none-any.whl\n"
            "  cause: Failed to copy\n  cause: No space left on device (os error 28)\n"
        )

    monkeypatch.setattr(uv, "run", full)
    problem = problem_of(root, "small")
    assert problem.message == (
        'the environment small cannot be made: the disk is full ("Failed to install: '
        'small_thing-1.0-py3-none-any.whl: No space left on device (os error 28)")'
    )
