"""The boundary is shown from inside: a bwrap that is none, or half of one, is not taken for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pretended
import pytest

from fieldguide.running.sandbox import Mode, sandbox
from fieldguide.worker.process import namespace

REASON = pretended.possible()
needs_namespaces = pytest.mark.skipif(bool(REASON), reason=REASON)

TRIED = """\
import json
from fieldguide.base.problems import ProblemError, line
from fieldguide.running.sandbox import Mode, sandbox
told = {}
for mode in (Mode.STRICT, Mode.AUTO):
    try:
        found = sandbox(mode, True)
        told[mode] = [found.bounded, line(found.missing) if found.missing else ""]
    except ProblemError as error:
        told[mode] = [None, *map(line, error.problems)]
print(json.dumps(told))
"""

PRETENDED = {
    "nothing": (
        pretended.NOTHING,
        ["not process 1", "shares namespaces", "net, ipc, uts", "it sees files"],
    ),
    "only-processes": (pretended.ONLY_PROCESSES, ["shares namespaces", "net, ipc, uts"]),
    "shows-everything": (pretended.adding("--ro-bind", "/", "/"), ["it sees files"]),
    "takes-everything": (pretended.adding("--bind", "/", "/"), ["it can write to /"]),
    "shares-the-network": (pretended.adding("--share-net"), ["shares namespaces", "net"]),
}


@needs_namespaces
@pytest.mark.parametrize("name", PRETENDED)
def test_a_pretended_boundary_is_none(name: str, tmp_path: Path) -> None:
    shim, words = PRETENDED[name]
    ended = pretended.run(shim, tmp_path, TRIED, "auto")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert [told[mode][0] for mode in ("strict", "auto")] == [None, False]
    for _, said in told.values():
        assert "not a sandbox: " in said
        assert all(part in said for part in words), said
        assert "Next: install the bubblewrap of your distribution" in said


HOMELESS = """\
import pathlib
def home(*_):
    raise RuntimeError("Could not determine home directory.")
pathlib.Path.home = home
"""


@needs_namespaces
def test_a_user_without_a_home_has_a_boundary_as_well() -> None:
    command = [sys.executable, "-c", HOMELESS + TRIED]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["auto"] == [True, ""]


LESS = {
    "older": (pretended.without("--disable-userns"), ["does not forbid namespaces inside"]),
    "without-a-filter": (
        pretended.without("--seccomp", "--disable-userns"),
        ["does not forbid namespaces inside", "no filter of system calls"],
    ),
    "loads-another-filter": (
        pretended.dropping("--seccomp"),
        [
            "lets system calls through: mmap, memfd_create, msgget, semget",
            "mq_open, setxattr, ptrace, AF_VSOCK",
        ],
    ),
    "as-user-0": (pretended.adding("--uid", "0"), ["a process inside is user 0"]),
}


@needs_namespaces
@pytest.mark.parametrize("name", LESS)
def test_less_than_all_is_said_and_refused_by_strict(name: str, tmp_path: Path) -> None:
    """An older bubblewrap is a boundary, but not what strict promises."""
    shim, words = LESS[name]
    ended = pretended.run(shim, tmp_path, TRIED, "auto")
    told = json.loads(ended.stdout)
    assert [told[mode][0] for mode in ("strict", "auto")] == [None, True]
    for mode, mark in (("strict", ""), ("auto", "warning: ")):
        said = told[mode][1]
        assert said.startswith(f"this machine: {mark}the sandbox is less than strict demands: ")
        assert all(part in said for part in words), said


@needs_namespaces
@pytest.mark.whole
def test_nobody_is_signalled_behind_a_pretended_boundary(
    make_project: Callable[..., Path], tmp_path: Path
) -> None:
    """Auto goes on without a boundary; a process beside the engine lives on."""
    code = f"""\
import os, subprocess, sys
beside = subprocess.Popen(["sleep", "600"], start_new_session=True)
verified = subprocess.run([sys.executable, "-m", "fieldguide", "verify"],
    cwd={str(make_project())!r}, stdin=subprocess.DEVNULL, check=False)
print(verified.returncode, beside.poll())
"""
    (tmp_path / "own").mkdir()
    ended = pretended.run(pretended.NOTHING, tmp_path / "own", code, "auto")
    assert "2 snippets: 2 passed" in ended.stdout
    assert "not a sandbox" in ended.stdout
    assert ended.stdout.splitlines()[-1] == "0 None"


def test_what_bubblewrap_gives_is_shown() -> None:
    found = sandbox(Mode.AUTO, True)
    if not found.bounded:
        pytest.skip("no sandbox here")
    assert found.missing is None


def test_only_process_1_ends_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    signals: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda process, number: signals.append((process, number)))
    for end in (namespace.end_others, namespace.sweep):
        with pytest.raises(RuntimeError, match="only process 1"):
            end()
    assert signals == []
    monkeypatch.setattr(os, "getpid", lambda: 1)
    namespace.end_others()
    assert signals == [(-1, signal.SIGKILL)]


BELIEVED = """\
import shutil, subprocess
from pathlib import Path
from fieldguide.model import Limits
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox
from fieldguide.running.zygote import LostError, for_judges
beside = subprocess.Popen(["sleep", "600"], start_new_session=True)
try:
    for_judges(Workers(Sandbox((), bubblewrap=(shutil.which("bwrap"),))), Path.cwd(), Limits())
except LostError as error:
    print(error, beside.poll())
"""


@needs_namespaces
def test_a_warm_process_that_is_not_alone_ends_and_signals_nobody(tmp_path: Path) -> None:
    """The engine takes it for process 1, as where bwrap was changed after the trial."""
    ended = pretended.run(pretended.NOTHING, tmp_path, BELIEVED, "strict")
    words = "the sandbox is none: the process is not process 1 of a process table of its own None"
    assert ended.stdout.strip() == words, ended.stderr
