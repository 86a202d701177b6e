"""Control groups: asked of the kernel where it gives any, and played where it gives none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.model import Limits
from fieldguide.running import processes
from fieldguide.running.boundary import groups
from fieldguide.running.boundary.before import before
from fieldguide.running.boundary.groups import Groups
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox

THREADS = """\
import threading
hold = threading.Event()
started = 0
try:
    for started in range(100):
        threading.Thread(target=hold.wait, daemon=True).start()
except RuntimeError:
    pass
print(started, flush=True)
hold.set()
"""


@pytest.fixture
def own() -> Groups:
    """Those of this process; skips where the kernel gives it none."""
    made = Groups(f"{processes.folder_prefix()}{os.urandom(4).hex()}-")
    if not made.counted:
        pytest.skip("this machine gives an engine of this user no control group")
    return made


def test_the_kernel_counts_the_threads_of_a_worker(own: Groups) -> None:
    """Of root too, for whom no other limit of the kernel counts any."""
    entered = own.make(Limits(threads=10))
    command = [*before(entered), sys.executable, "-c", THREADS]
    process = subprocess.run(command, capture_output=True, timeout=600)
    own.end()
    assert process.returncode == 0, process.stderr
    assert int(process.stdout) in range(10, 20)
    assert not any(file.parent.exists() for file in entered)


def test_a_group_stays_while_something_runs_in_it(own: Groups) -> None:
    entered = own.make(Limits())
    command = [*before(entered), sys.executable, "-c", "print(flush=True); input()"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        own.remove(entered)
        assert all(file.exists() for file in entered)
        process.kill()
    own.end()
    assert not any(file.exists() for file in entered)


def test_a_group_goes_with_its_worker_and_not_before_that_is_in_it(
    own: Groups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread that starts a worker meets groups that nobody has entered yet."""
    workers = Workers(Sandbox((), bubblewrap=("bwrap",)))
    monkeypatch.setattr(workers, "groups", own)
    running, ended = (subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1) for _ in "12")
    made = [own.make(Limits()) for _ in range(3)]
    workers._grouped.extend([(running, made[0]), (ended, made[1])])
    ended.communicate()
    made.append(workers._group(Limits()))
    there = [all(file.exists() for file in entered) for entered in made]
    running.communicate()
    own.end()
    assert there == [True, False, True, True]


def test_groups_of_an_engine_that_was_killed_are_removed(own: Groups) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = Groups(processes.folder_prefix().replace(str(os.getpid()), str(ended.pid), 1))
    mine, theirs = own.make(Limits()), left.make(Limits())
    Workers(Sandbox((), bubblewrap=("bwrap",))).sweep()
    assert all(file.exists() for file in mine)
    assert not any(file.exists() for file in theirs)
    own.end()


def test_groups_of_an_engine_in_a_container_are_removed_when_they_are_old_and_empty(
    own: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There it had the number of another process, and nobody here can ask whether it runs."""
    inside = Groups(f"fieldguide-1-{os.urandom(4).hex()}-")
    entered = own.make(Limits())
    command = [*before(entered), sys.executable, "-c", "print(flush=True); input()"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        theirs = inside.make(Limits())
        pattern = f"{theirs[0].parent.name[:-1]}*"
        own.sweep(pattern, lambda name: False)
        assert all(file.exists() for file in theirs)
        monkeypatch.setattr(groups, "_ENTERED_SECONDS", -1.0)
        own.sweep(pattern, lambda name: False)
        own.sweep(f"{entered[0].parent.name[:-1]}*", lambda name: False)
        assert not any(file.exists() for file in theirs)
        assert all(file.exists() for file in entered)
        process.kill()
    own.end()


def test_a_worker_that_cannot_enter_its_group_does_not_run(tmp_path: Path) -> None:
    command = [*before([tmp_path / "gone" / "cgroup.procs"]), "/bin/echo", "ran"]
    process = subprocess.run(command, capture_output=True, timeout=600)
    assert process.returncode != 0
    assert process.stdout == b""


TREE = {
    "/proc/self/cgroup": "8:pids:/\n4:memory,cpu:/session\n0::/user/scope\n",
    "/proc/self/mountinfo": """\
31 23 0:27 / {}/unified rw,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate
32 23 0:28 / {}/pids\\040here rw,relatime - cgroup cgroup rw,pids
33 23 0:29 / {}/memory rw,relatime - cgroup cgroup rw,memory
34 23 0:30 / /elsewhere rw,relatime - tmpfs tmpfs rw
""",
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The mounted hierarchies of a machine with both versions."""
    read = groups._lines

    def lines(path: str | Path) -> list[str]:
        text = TREE.get(str(path))
        return read(path) if text is None else text.replace("{}", str(tmp_path)).splitlines()

    monkeypatch.setattr(groups, "_lines", lines)
    (tmp_path / "unified/user/scope").mkdir(parents=True)
    (tmp_path / "pids here").mkdir()
    return tmp_path


def test_where_groups_are_made_and_what_counts_there(tree: Path) -> None:
    scope = tree / "unified/user/scope"
    (scope / "cgroup.subtree_control").write_text("cpu memory pids\n")
    found = {home.folder: tuple(home.settings) for home in groups._homes()}
    assert found == {
        tree / "pids here": ("pids.max",),
        scope: ("pids.max", "memory.max", "memory.swap.max"),
    }
    assert dict(next(iter(groups._homes())).settings)["pids.max"](Limits(threads=7)) == 14


def test_what_nobody_counts_is_switched_on(tree: Path) -> None:
    scope = tree / "unified/user/scope"
    assert groups._counting(scope) == scope
    assert (scope / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_an_engine_in_a_group_of_its_own_makes_others_beside_it(tree: Path) -> None:
    scope = tree / "unified/user/scope"
    (scope / "cgroup.subtree_control").write_text("memory pids\n")
    assert groups._counting(scope / "fieldguide") == scope


@pytest.mark.parametrize("alone", [True, False])
def test_a_group_is_divided_by_the_only_process_in_it(
    tree: Path, monkeypatch: pytest.MonkeyPatch, alone: bool
) -> None:
    """The kernel refuses to count below a group with processes, which only it can play."""
    scope = tree / "unified/user/scope"
    members = [os.getpid()] if alone else [os.getpid(), 1]
    (scope / "cgroup.procs").write_text("".join(f"{number}\n" for number in members))
    entered = scope / "fieldguide/cgroup.procs"
    monkeypatch.setattr(groups, "_switched_on", lambda folder: entered.exists())
    assert groups._counting(scope) == (scope if alone else None)
    assert entered.exists() == alone


def test_a_machine_that_gives_no_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is mounted, or everything is closed: nothing is made, and nothing said to be."""
    monkeypatch.setattr(groups, "_lines", lambda path: [])
    none = Groups("fieldguide-none-")
    assert none.counted == ()
    assert none.make(Limits()) == ()
    none.end()
    closed = groups._Home(tmp_path / "gone", groups._PIDS)
    assert not groups._makes(closed, "fieldguide-none-trial")
    assert groups._counting(tmp_path / "gone") is None
