"""Environments: made by uv from tiny locks, without a network."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from wheels import wheel

from fieldguide.base.problems import ProblemError, line
from fieldguide.environments import installed, lock, manifest, uv
from fieldguide.environments import prepare as environments_prepare
from fieldguide.environments.prepare import prepare
from fieldguide.model import Environment, Location, Problem

ROOT = Path(__file__).parents[2]
PROJECT = """\
[dependency-groups]
small = ["Small.Thing", "dotted>=1"]
other = ["dotted"]
test = []
[project]
name = "tiny"
version = "0"
dependencies = ["dotted"]
[tool.fieldguide.frameworks.small]
[tool.fieldguide.frameworks.other]
[tool.fieldguide.frameworks.bare]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the frameworks small, other and bare, and an index in a folder."""
    wheels = tmp_path / "wheels"
    small = wheel(wheels, "small_thing", "1.0", {"small.py": "one = 1\n", "_small/__init__.py": ""})
    dotted = wheel(wheels, "dotted", "2.0", {"dotted/inner/__init__.py": "def main(): pass\n"})
    wheel(wheels, "dotted", "3.0", {"dotted/inner/__init__.py": ""})
    project = tmp_path / "project"
    (project / "environments").mkdir(parents=True)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "environments/small.txt").write_text(dotted + small)
    (project / "environments/other.txt").write_text(dotted)
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(wheels))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "nowhere"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "hooks"))
    return project


def folders(root: Path) -> list[str]:
    return sorted(
        path.name
        for path in (root / environments_prepare.FOLDER).iterdir()
        if path.suffix != ".turn"
    )


def site(environment: Environment) -> Path:
    return next(environment.python.parent.parent.glob("lib/*/site-packages"))


def problem(root: Path, name: str) -> Problem:
    """The one problem of making `name`, after which nothing half-made is left."""
    with pytest.raises(ProblemError) as raised:
        prepare(root, name)
    [found] = raised.value.problems
    if (root / environments_prepare.FOLDER).exists():
        assert folders(root) == []
    return found


def test_an_environment_holds_its_lock_and_nothing_of_ours(root: Path) -> None:
    said: list[str] = []
    environment = prepare(root, "small", say=said.append)
    assert said[0] == "making the environment small (2 distributions) ..."
    assert re.fullmatch(r"made the environment small in \d+\.\d s", said[1])
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
    said: list[str] = []
    first = prepare(root, "small")
    assert prepare(root, "small", say=said.append) == first
    assert said == []


def test_another_lock_makes_another_and_removes_the_older_one(root: Path) -> None:
    first = prepare(root, "small")
    other = prepare(root, "other")
    of_another_python = root / environments_prepare.FOLDER / "small-3.9.1-0123456789ab"
    of_another_python.mkdir()
    lock = root / "environments/small.txt"
    lock.write_text(lock.read_text().partition("small")[0])
    second = prepare(root, "small")
    assert second.lock_digest != first.lock_digest
    assert [d.name for d in second.distributions] == ["dotted"]
    assert folders(root) == sorted(
        [e.python.parent.parent.name for e in (second, other)] + [of_another_python.name]
    )


def test_line_ends_of_the_lock_do_not_matter(root: Path) -> None:
    first = prepare(root, "small")
    lock = root / "environments/small.txt"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert prepare(root, "small") == first


def test_the_fingerprint_is_of_the_content_alone(root: Path, tmp_path: Path) -> None:
    first = prepare(root, "small")
    elsewhere = tmp_path / "some" / "where else"
    elsewhere.parent.mkdir()
    environment_files = root / ".fieldguide"
    environment_files.rename(tmp_path / "kept")
    root.rename(elsewhere)
    second = prepare(elsewhere, "small")
    assert second.python != first.python
    assert second.fingerprint == first.fingerprint
    os.utime(site(second) / "small.py", (1, 1))
    assert prepare(elsewhere, "small").fingerprint == first.fingerprint


def test_how_something_was_installed_is_not_in_the_fingerprint(root: Path) -> None:
    first = prepare(root, "small")
    info = site(first) / "dotted-2.0.dist-info"
    for name in ("INSTALLER", "REQUESTED", "direct_url.json", "WHEEL"):
        (info / name).write_text("another way")
    record = info / "RECORD"
    lines = record.read_text().splitlines()
    assert any(line.startswith("../../../bin/dotted-run,sha256=") for line in lines)
    other = [re.sub(r"^(\.\./.*sha256=)[\w-]+", r"\1another", line) for line in reversed(lines)]
    record.write_text("\n".join([*other, "dotted/__pycache__/x.pyc,,", "direct_url.json,,"]) + "\n")
    assert prepare(root, "small").fingerprint == first.fingerprint
    record.write_text("".join(f"{line}\n" for line in lines if not line.startswith("dotted/")))
    assert prepare(root, "small").fingerprint != first.fingerprint


@pytest.mark.parametrize("change", ["edit", "same size", "add", "remove"])
def test_a_changed_installed_file_changes_the_fingerprint(root: Path, change: str) -> None:
    first = prepare(root, "small")
    file = site(first) / "small.py"
    if change == "edit":
        file.write_text("one = 11\n")
    elif change == "same size":
        file.write_text("one = 2\n")
    elif change == "add":
        file.with_name("more.py").touch()
    else:
        file.unlink()
    changed = prepare(root, "small")
    assert changed.fingerprint != first.fingerprint
    assert prepare(root, "small") == changed
    if change in ("edit", "same size"):
        file.write_text("one = 1\n")
        assert prepare(root, "small").fingerprint == first.fingerprint


def test_a_change_reaches_no_other_environment(root: Path) -> None:
    first, other = prepare(root, "small"), prepare(root, "other")
    (site(first) / "dotted/inner/__init__.py").write_text("changed = True\n")
    assert prepare(root, "other") == other


def test_byte_code_written_later_changes_nothing(root: Path) -> None:
    first = prepare(root, "small")
    (site(first) / "__pycache__/small.cpython-399.pyc").touch()
    assert prepare(root, "small").fingerprint == first.fingerprint


def test_what_is_direct_follows_the_project_file(root: Path) -> None:
    prepare(root, "small")
    project = root / "pyproject.toml"
    text = project.read_text().replace('"dotted>=1"]', '{include-group = "bits"}]')
    project.write_text(text.replace("test =", "bits = []\ntest ="))
    assert [d.direct for d in prepare(root, "small").distributions] == [False, True]
    project.write_text(text.replace("test =", 'bits = ["DOTTED"]\ntest ='))
    assert [d.direct for d in prepare(root, "small").distributions] == [True, True]


@pytest.mark.parametrize("damage", ["no manifest", "no JSON", "no keys", "no python", "no site"])
def test_a_broken_one_is_made_anew(root: Path, damage: str) -> None:
    first = prepare(root, "small")
    folder = first.python.parent.parent
    note = folder / manifest.NAME
    if damage == "no manifest":
        note.unlink()
    elif damage == "no JSON":
        note.write_bytes(note.read_bytes()[:40])
    elif damage == "no keys":
        note.write_text("[]")
    elif damage == "no python":
        first.python.unlink()
    else:
        site(first).rename(folder / "away")
    said: list[str] = []
    assert prepare(root, "small", say=said.append) == first
    assert len(said) == 2
    assert folders(root) == [folder.name]


def engine(root: Path, code: str) -> subprocess.Popen[str]:
    """Another engine, in a process of its own."""
    code = f"from pathlib import Path\nroot = Path({str(root)!r})\n" + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.whole
def test_one_killed_while_making_leaves_nothing_that_is_used(root: Path) -> None:
    code = """
    import os, signal
    from fieldguide import environments, manifest
    manifest.write = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
    environments.prepare(root, "small")
    """
    assert engine(root, code).wait(30) == -9
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
    from fieldguide import environments, uv
    uv._binary = lambda: {str(slow)!r}
    environments.prepare(root, "small")
    """
    other = engine(root, code)
    deadline = time.monotonic() + 300
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    other.kill()
    other.wait(30)
    said: list[str] = []
    prepare(root, "small", say=said.append)
    assert (tmp_path / "ended").exists()
    assert said[0] == "waiting for another run that makes the environment small ..."


@pytest.mark.whole
def test_two_at_once_make_one(root: Path) -> None:
    code = """
    from fieldguide.environments import prepare
    said = []
    print(prepare(root, "small", say=said.append).fingerprint)
    print(any(line.startswith("made") for line in said))
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
        monkeypatch.setattr(environments_prepare, "_discard", lambda folder: None)
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


# What can go wrong


def test_an_unknown_framework(root: Path) -> None:
    assert line(problem(root, "smal")) == (
        'pyproject.toml: no environment is named "smal" (did you mean "small"?). '
        "Next: use one of small, other, bare, or add [tool.fieldguide.frameworks.smal]."
    )


def test_a_framework_without_a_group(root: Path) -> None:
    (root / "environments/bare.txt").touch()
    assert line(problem(root, "bare")) == (
        'pyproject.toml: the framework "bare" has no dependency group. '
        'Next: write bare = ["..."] under [dependency-groups], then: fieldguide lock bare.'
    )


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        ('[{include-group = "small"}]', "small includes itself"),
        ('[{include-group = "other"}]\nother = [{include-group = "SMALL"}]', "other -> small"),
        ('[{include-group = "nowhere"}]', "Dependency group 'nowhere' not found"),
        ('["dotted", {include = "other"}]', "Invalid dependency group item"),
        ('["dotted", 3]', "Invalid dependency group item"),
        ('["not a requirement"]', "Expected semicolon (after name"),
        ('"dotted"', "contained a string rather than a list"),
        ("[]\nSmall = []", "Duplicate dependency group names"),
    ],
)
def test_a_group_that_is_none(root: Path, group: str, reason: str) -> None:
    """What PEP 735 says of groups is asked of its reference implementation."""
    project = root / "pyproject.toml"
    head = '[tool.x]\ny = [\n["a"],\n]\n[dependency-groups]\n'
    rest = PROJECT.partition("[project]")[2]
    others = "" if "other =" in group else 'other = ["dotted"]\n'
    project.write_text(f"{head}small = {group}\n{others}[project]{rest}")
    found = problem(root, "small")
    assert found.location == Location("pyproject.toml", 6)
    assert found.message.startswith('the dependency group "small" cannot be read (')
    assert reason.lower() in found.message.lower()
    assert found.next.endswith("fieldguide lock small")


def test_no_lock(root: Path) -> None:
    (root / "environments/small.txt").unlink()
    assert line(problem(root, "small")) == (
        "environments/small.txt: the environment small has no lock. Next: fieldguide lock small."
    )


def test_no_project(root: Path) -> None:
    (root / "pyproject.toml").unlink()
    assert problem(root, "small").message == "this folder holds no project"


def test_a_project_file_that_is_no_toml(root: Path) -> None:
    (root / "pyproject.toml").write_text("[project]\nname = \n")
    assert line(problem(root, "small")).startswith("pyproject.toml:2: this is not TOML: ")


def test_a_file_that_is_not_the_locked_one(root: Path) -> None:
    lock = root / "environments/small.txt"
    lock.write_text(re.sub(r"(small.*\n.*sha256:)\w+", rf"\g<1>{'0' * 64}", lock.read_text()))
    found = problem(root, "small")
    assert (found.location.path, found.location.line) == ("environments/small.txt", 3)
    assert "a file is not the one that was locked" in found.message
    assert "Hash mismatch for `small-thing==1.0`" in found.message
    assert found.next.endswith("fieldguide lock small")


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
    found = problem(root, "small")
    assert (found.location.path, found.location.line) == ("environments/small.txt", number)
    assert found.message.startswith('the lock of small is broken ("')
    assert quoted in found.message
    assert found.next == "fieldguide lock small"


def test_no_such_version(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = root / "environments/small.txt"
    future = wheel(
        tmp_path / "wheels", "future", "1.0", {"future.py": ""}, "Requires-Python: >=9\n"
    )
    lock.write_text(lock.read_text() + future)
    monkeypatch.delenv("UV_OFFLINE")
    monkeypatch.setenv("UV_DEFAULT_INDEX", (tmp_path / "empty").as_uri())
    (tmp_path / "empty").mkdir()
    found = problem(root, "small")
    assert (found.location.path, found.location.line) == ("environments/small.txt", 5)
    python = "{}.{}".format(*sys.version_info)
    assert f"nothing on the package index fits the environment small on Python {python}" in (
        found.message
    )
    assert "fieldguide lock small --upgrade" in found.next


@pytest.mark.parametrize("how", ["offline", "refused"])
def test_no_network(root: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.delenv("UV_FIND_LINKS")
    if how == "refused":
        monkeypatch.delenv("UV_OFFLINE")
        monkeypatch.setenv("UV_HTTP_RETRIES", "0")
        monkeypatch.setenv("UV_DEFAULT_INDEX", "http://me:secret@127.0.0.1:9/simple")
    found = problem(root, "small")
    assert found.location.path == "environments/small.txt"
    assert "the package index does not answer" in found.message
    assert "secret" not in found.message
    assert found.next.startswith("check the network")


def test_no_uv(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "_base_executable", str(tmp_path / "python"))
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = problem(root, "small")
    assert "uv is not installed" in found.message
    assert found.next.startswith("make test")


def test_a_full_disk_that_uv_meets(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise uv.UvError(
            "error: Failed to install: small_thing-1.0-py3-none-any.whl\n"
            "  cause: Failed to copy\n  cause: No space left on device (os error 28)\n"
        )

    monkeypatch.setattr(uv, "run", full)
    found = problem(root, "small")
    assert found.message == (
        'the environment small cannot be made: the disk is full ("Failed to install: '
        'small_thing-1.0-py3-none-any.whl: No space left on device (os error 28)")'
    )


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "cannot be made")]
)
def test_a_disk_that_the_engine_cannot_write(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(manifest, "write", fails)
    found = problem(root, "small")
    assert says in found.message
    assert os.strerror(number) in found.message


def test_a_manifest_that_cannot_be_written_again_still_tells_of_the_change(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    first = prepare(root, "small")
    (site(first) / "small.py").write_text("one = 2\n")
    monkeypatch.setattr(manifest, "_replace", fails)
    assert prepare(root, "small").fingerprint != first.fingerprint


# Locks


def test_locking_resolves_one_group_alone_and_keeps_what_is_pinned(root: Path) -> None:
    said: list[str] = []
    before = (root / "environments/other.txt").read_text()
    lock.lock(root, ["other"], say=said.append)
    assert (root / "environments/other.txt").read_text() == before
    lock.lock(root, ["other"], upgrade=True, say=said.append)
    assert (root / "environments/other.txt").read_text().startswith("dotted==3.0 \\\n    --hash=")
    assert said == [
        "environments/other.txt: as before",
        "environments/other.txt: dotted 2.0 to 3.0",
    ]
    assert sorted(path.name for path in (root / "environments").iterdir()) == [
        "other.txt",
        "small.txt",
    ]
    assert [d.version for d in prepare(root, "other").distributions] == ["3.0"]


def test_locking_all_reports_every_problem_and_writes_the_rest(root: Path) -> None:
    said: list[str] = []
    (root / "environments/small.txt").unlink()
    with pytest.raises(ProblemError) as raised:
        lock.lock(root, say=said.append)
    assert [line(found) for found in raised.value.problems] == [
        'pyproject.toml: the framework "bare" has no dependency group. '
        'Next: write bare = ["..."] under [dependency-groups], then: fieldguide lock bare.'
    ]
    assert said == [
        "environments/small.txt: dotted 3.0 added, small-thing 1.0 added",
        "environments/other.txt: as before",
        "environments/site.txt: dotted 3.0 added",
    ]


def test_locking_something_unknown(root: Path) -> None:
    with pytest.raises(ProblemError, match=r'no environment is named "sit".*did you mean "site"'):
        lock.lock(root, ["sit"])


def test_a_group_without_a_solution(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace("dotted>=1", "dotted>=9"))
    monkeypatch.delenv("UV_OFFLINE")
    monkeypatch.setenv("UV_DEFAULT_INDEX", root.as_uri())
    before = (root / "environments/small.txt").read_bytes()
    with pytest.raises(ProblemError) as raised:
        lock.lock(root, ["small"])
    [found] = raised.value.problems
    assert found.message.startswith('the group "small" cannot be resolved ("No solution found')
    assert (root / "environments/small.txt").read_bytes() == before


def test_a_lock_never_holds_an_address(root: Path, tmp_path: Path) -> None:
    address = (tmp_path / "wheels/dotted-3.0-py3-none-any.whl").as_uri()
    project = root / "pyproject.toml"
    project.write_text(project.read_text().replace('"dotted>=1"', f'"dotted @ {address}"'))
    before = (root / "environments/small.txt").read_bytes()
    with pytest.raises(ProblemError, match="the lock of small would hold an address"):
        lock.lock(root, ["small"])
    assert (root / "environments/small.txt").read_bytes() == before


# The real ones


@pytest.mark.whole
def test_preparing_every_environment_again_starts_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = [path.stem for path in (ROOT / "environments").glob("*.txt") if path.stem != "site"]
    first = [prepare(ROOT, name) for name in names]
    folder = ROOT / environments_prepare.FOLDER
    before = {
        path: path.stat().st_mtime_ns for path in [folder, *folder.glob("*"), *folder.glob("*/*")]
    }

    def started(*arguments: object, **more: object) -> None:
        raise AssertionError(f"a program was started: {arguments}")

    monkeypatch.setattr(subprocess, "Popen", started)
    said: list[str] = []
    assert [prepare(ROOT, name, say=said.append) for name in names] == first
    assert said == []
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


def test_the_manifest_holds_no_path(root: Path) -> None:
    environment = prepare(root, "small")
    text = (environment.python.parent.parent / manifest.NAME).read_text("utf-8")
    assert str(root) not in text
    assert json.loads(text)["schema"] == manifest.SCHEMA


def test_names_are_compared_as_indexes_do() -> None:
    assert {installed.normalise(name) for name in ("web.py", "Web_Py", "web--PY")} == {"web-py"}


def test_a_manifest_of_an_older_engine_is_brought_up_to_date(root: Path) -> None:
    environment = prepare(root, "small")
    path = environment.python.parent.parent / manifest.NAME
    written = json.loads(path.read_text("utf-8"))
    del written["rows"]
    written["distributions"] = [row[:4] for row in written["distributions"]]
    path.write_text(json.dumps(written), "utf-8")
    said: list[str] = []
    assert prepare(root, "small", say=said.append) == environment
    assert said == []
    assert json.loads(path.read_text("utf-8"))["rows"] == list(manifest.ROWS)
