"""Environments: made by uv from tiny locks, without a network."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tiny_project import ROOT, folders, problem_of, site
from wheels import wheel

from fieldguide.base.problems import line
from fieldguide.environments import manifest
from fieldguide.environments.prepare import FOLDER, prepare


def engine(root: Path, code: str) -> subprocess.Popen[str]:
    """Another engine, in a process of its own."""
    code = f"from pathlib import Path\nroot = Path({str(root)!r})\n" + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_an_environment_holds_its_lock_and_nothing_of_ours(root: Path) -> None:
    lines: list[str] = []
    environment = prepare(root, "small", say=lines.append)
    assert lines[0] == "making the environment small (2 distributions) ..."
    assert re.fullmatch(r"made the environment small in \d+\.\d s", lines[1])
    assert environment.python_version == ".".join(map(str, sys.version_info[:3]))
    assert [(d.name, d.version, d.modules, d.direct) for d in environment.distributions] == [
        ("dotted", "2.0", ("dotted.inner",), True),
        ("small-thing", "1.0", ("_small", "small"), True),
    ]
    code = "import small, dotted.inner, sys; print(sys.prefix)\nimport fieldguide"
    done = subprocess.run([environment.python, "-sPE", "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == str(environment.python.parent.parent)
    assert "No module named 'fieldguide'" in done.stderr
    assert list(site(environment).glob("__pycache__/small.*.pyc"))
    # The script names no folder that was renamed away.
    subprocess.run([environment.python.parent / "dotted-run"], capture_output=True, check=False)
    assert b".small-" not in (environment.python.parent / "dotted-run").read_bytes()


def test_it_is_made_once(root: Path) -> None:
    lines: list[str] = []
    first = prepare(root, "small")
    assert prepare(root, "small", say=lines.append) == first
    assert lines == []


def test_another_lock_makes_another_and_removes_the_older_one(standing: Path) -> None:
    first = prepare(standing, "small")
    other = prepare(standing, "other")
    of_another_python = standing / FOLDER / "small-3.9.1-0123456789ab"
    of_another_python.mkdir()
    lock = standing / "environments/small.txt"
    lock.write_text(lock.read_text().partition("small")[0])
    second = prepare(standing, "small")
    assert second.lock_digest != first.lock_digest
    assert [d.name for d in second.distributions] == ["dotted"]
    assert folders(standing) == sorted(
        [e.python.parent.parent.name for e in (second, other)] + [of_another_python.name]
    )


def test_line_ends_of_the_lock_do_not_matter(standing: Path) -> None:
    first = prepare(standing, "small")
    lock = standing / "environments/small.txt"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert prepare(standing, "small") == first


def test_a_change_reaches_no_other_environment(root: Path) -> None:
    first, other = prepare(root, "small"), prepare(root, "other")
    (site(first) / "dotted/inner/__init__.py").write_text("changed = True\n")
    assert prepare(root, "other") == other


@pytest.mark.whole
def test_one_killed_while_making_leaves_nothing_that_is_used(root: Path) -> None:
    code = """
    import os, signal
    from fieldguide.environments import manifest, prepare
    manifest.write = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
    prepare.prepare(root, "small")
    """
    assert engine(root, code).wait(600) == -9
    [left] = folders(root)
    assert left.startswith(".small-")
    environment = prepare(root, "small")
    assert folders(root) == [environment.python.parent.parent.name]


@pytest.mark.whole
def test_the_next_engine_waits_for_the_uv_of_a_killed_one(root: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\nsleep 1\ntouch {tmp_path}/ended\n")
    slow.chmod(0o755)
    code = f"""
    from fieldguide.environments import prepare, uv
    uv._binary = lambda: {str(slow)!r}
    prepare.prepare(root, "small")
    """
    other = engine(root, code)
    deadline = time.monotonic() + 600
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    other.kill()
    other.wait(600)
    lines: list[str] = []
    prepare(root, "small", say=lines.append)
    assert (tmp_path / "ended").exists()
    assert lines[0] == "waiting for another run that makes the environment small ..."


@pytest.mark.whole
def test_two_at_once_make_one(root: Path) -> None:
    code = """
    from fieldguide.environments.prepare import prepare
    lines = []
    print(prepare(root, "small", say=lines.append).fingerprint)
    print(any(line.startswith("made") for line in lines))
    """
    both = [engine(root, code) for _ in range(2)]
    first, second = ([*engine.communicate(timeout=600)[0].split()] for engine in both)
    assert first[0] == second[0]
    assert sorted([first[1], second[1]]) == ["False", "True"]
    assert len(folders(root)) == 1


@pytest.mark.whole
def test_two_at_once_without_locks_of_the_system(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    write = manifest.write

    def another_is_faster(folder: Path, *rest: object) -> None:
        monkeypatch.setattr(manifest, "write", write)
        monkeypatch.setattr("fieldguide.environments.prepare._discard", lambda folder: None)
        prepare(root, "small")
        write(folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(manifest, "write", another_is_faster)
    environment = prepare(root, "small")
    assert folders(root) == [environment.python.parent.parent.name]


def test_an_interrupt_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(manifest, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare(root, "small")
    assert folders(root) == []


def test_a_wheel_that_replaces_a_file_of_the_environment_is_refused(root: Path) -> None:
    """With this one, the Python would see what the system has, and no lock says so."""
    content = "home = /usr/bin\ninclude-system-site-packages = true\n"
    evil = {"guest-1.0.data/data/pyvenv.cfg": content}
    pin = wheel(root.parent / "wheels", "guest", "1.0", evil)
    (root / "environments/small.txt").write_text(pin)
    assert line(problem_of(root, "small")).startswith(
        "environments/small.txt: a distribution of small replaces pyvenv.cfg, "
    )
    assert folders(root) == []


def test_an_unknown_framework(root: Path) -> None:
    assert line(problem_of(root, "smal")) == (
        'pyproject.toml: no environment is named "smal" (did you mean "small"?). '
        "Next: use one of small, other, bare, or add [tool.fieldguide.frameworks.smal]."
    )


def test_no_lock(root: Path) -> None:
    (root / "environments/small.txt").unlink()
    assert line(problem_of(root, "small")) == (
        "environments/small.txt: the environment small has no lock. Next: fieldguide lock small."
    )


def test_no_project(root: Path) -> None:
    (root / "pyproject.toml").unlink()
    assert problem_of(root, "small").message == "this folder holds no project"


def test_a_project_file_that_is_no_toml(root: Path) -> None:
    (root / "pyproject.toml").write_text("[project]\nname = \n")
    assert line(problem_of(root, "small")).startswith("pyproject.toml:2: this is not TOML: ")


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "cannot be made")]
)
def test_a_disk_that_the_engine_cannot_write(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(manifest, "write", fails)
    problem = problem_of(root, "small")
    assert says in problem.message
    assert os.strerror(number) in problem.message


@pytest.mark.whole
def test_preparing_every_environment_again_starts_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [path.stem for path in (ROOT / "environments").glob("*.txt") if path.stem != "site"]
    first = [prepare(ROOT, name) for name in names]
    folder = ROOT / FOLDER
    before = {
        path: path.stat().st_mtime_ns for path in [folder, *folder.glob("*"), *folder.glob("*/*")]
    }

    def started(*arguments: object, **more: object) -> None:
        raise AssertionError(f"a program was started: {arguments}")

    monkeypatch.setattr(subprocess, "Popen", started)
    lines: list[str] = []
    assert [prepare(ROOT, name, say=lines.append) for name in names] == first
    assert lines == []
    after = {
        path: path.stat().st_mtime_ns for path in [folder, *folder.glob("*"), *folder.glob("*/*")]
    }
    assert after == before


def test_a_bottle_snippet_cannot_import_werkzeug() -> None:
    environment = prepare(ROOT, "bottle")
    assert "werkzeug" not in {d.name for d in environment.distributions}
    done = subprocess.run(
        [environment.python, "-sPE", "-c", "import bottle, waitress\nimport werkzeug"],
        capture_output=True,
        text=True,
    )
    assert "No module named 'werkzeug'" in done.stderr
