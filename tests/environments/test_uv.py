"""Failures of uv, each as a problem with a place and a next act."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

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


def test_a_lock_that_lacks_what_another_distribution_needs(root: Path, tmp_path: Path) -> None:
    needy = wheel(
        tmp_path / "wheels", "needy", "1.0", {"needy.py": ""}, "Requires-Dist: dotted==2.0\n"
    )
    (root / "environments/small.txt").write_text(needy)
    problem = problem_of(root, "small")
    assert problem.location.path == "environments/small.txt"
    assert problem.message.startswith('the lock of small is broken ("')
    assert "dotted" in problem.message
    assert problem.next == "fieldguide lock small"


@pytest.mark.parametrize(
    ("lock", "number", "quoted"),
    [
        ("\n<<<<<<< HEAD\n", 2, '"<<<<<<< HEAD" has no place in a lock'),
        ("\n\ndotted==2.0\n", 3, '"dotted==2.0" is pinned without a hash'),
        ("dotted \\\n    --hash=sha256:" + "0" * 64, 1, "has no place in a lock"),
        ("dotted==2.0 \\\n    --hash=sha256:00\n", 2, "has no place in a lock"),
        ("dotted==2.0 \\\n", 2, '"" has no place in a lock'),
        ("--find-links elsewhere\n", 1, '"--find-links elsewhere" has no place in a lock'),
        ("dotted @ file:///x.whl --hash=sha256:" + "0" * 64, 1, "has no place in a lock"),
    ],
)
def test_a_lock_of_more_or_less_than_pins_reaches_no_uv(
    root: Path, monkeypatch: pytest.MonkeyPatch, lock: str, number: int, quoted: str
) -> None:
    monkeypatch.setattr(uv, "run", lambda *arguments, **options: pytest.fail("uv was started"))
    (root / "environments/small.txt").write_text(lock)
    problem = problem_of(root, "small")
    assert (problem.location.path, problem.location.line) == ("environments/small.txt", number)
    assert quoted in problem.message
    assert problem.next == "make it anew: fieldguide lock small"


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


HERE = "the project's own folder"


@pytest.mark.skipif(os.name == "nt", reason="uv asks Windows for the folder")
@pytest.mark.parametrize(
    ("variables", "used"),
    [
        ({"HOME": "{here}"}, None),
        ({"HOME": "{here}/file/home"}, HERE),
        ({"HOME": "{here}/file/home", "XDG_CACHE_HOME": "{here}/kept"}, None),
        ({"HOME": "{here}/file/home", "UV_CACHE_DIR": "{here}/mine"}, "{here}/mine"),
    ],
)
def test_without_a_home_uv_keeps_what_it_fetches_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], used: str | None
) -> None:
    given: list[str | None] = []

    def started(*arguments: object, env: dict[str, str], **_: object) -> SimpleNamespace:
        given.append(env.get("UV_CACHE_DIR"))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", started)
    (tmp_path / "file").touch()
    for name in ("UV_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(here=tmp_path))
    uv.run(tmp_path, ["--version"])
    wanted = str(tmp_path / uv.CACHE) if used == HERE else used and used.format(here=tmp_path)
    assert given == [wanted]


def test_a_user_whom_no_list_has_and_without_a_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os, "name", "posix")
    given: list[str] = []

    def started(*arguments: object, env: dict[str, str], **_: object) -> SimpleNamespace:
        given.append(env["UV_CACHE_DIR"])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", started)
    uv.run(tmp_path, ["--version"])
    assert given == [str(tmp_path / uv.CACHE)]
