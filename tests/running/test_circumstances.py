"""The second run of a job: another clock, hash seed, time zone and folder, and what it leaves."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sample_jobs import groups_of

from fieldguide.environments import prepare
from fieldguide.model import FenceJob, Job, Limits, Lost, Reply
from fieldguide.running import fence_jobs
from fieldguide.running.again import circumstances
from fieldguide.running.again.circumstances import FIRST, second
from fieldguide.running.pool import Answer, Pool
from fieldguide.running.sandbox import Mode, sandbox
from fieldguide.running.zygote import CAN_FORK

TELLS = """\
import os, time
print(time.time(), time.tzname[0], hash("a"), os.getcwd(), time.monotonic(), sep=" ")
print(os.stat("main.py").st_mtime)
"""
DAY = 86400
MOVES = pytest.mark.skipif(not second().moved, reason="no library that moves this machine's clock")
WAYS = {
    "strict": (Mode.STRICT, True),
    "no sandbox": (Mode.OFF, True),
    "no fork": (Mode.AUTO, False),
}


def told(reply: Reply | Lost | None) -> list[str]:
    """What `TELLS` has printed."""
    assert isinstance(reply, Reply)
    assert not reply.stopped
    assert not reply.exit
    return reply.output.split("\x1e\n")[1].split("\n\x1e")[0].split()


def twice(code: str, output: str, mode: Mode, fork: bool) -> Reply:
    """How a group ends that prints that, and is expected to print another thing."""
    page = f"```python {{.run #one}}\n{code}```\n\n```text {{.output}}\n{output}\n```\n"
    (group,) = groups_of(page).values()
    job = fence_jobs.job(group, prepare.bare(), Limits(), {})
    replies: list[Answer] = []

    def done(job: Job, answer: Answer) -> None:
        assert isinstance(job, FenceJob)
        replies.append(answer)

    Pool({}, 1, sandbox(mode, fork), fork).run([job], done)
    (reply,) = replies
    assert isinstance(reply, Reply)
    return reply


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
@pytest.mark.parametrize("way", WAYS)
def test_the_second_run_has_other_circumstances(way: str) -> None:
    reply = twice(TELLS, "2026-11-24", *WAYS[way])
    first, again = told(reply), told(reply.second)
    assert (first[1], again[1]) == ("UTC", "NPT")
    for number in (2, 3):  # hashes, folder
        assert first[number] != again[number]
    assert int(float(first[5])) < int(float(again[5]))  # the times of files
    assert abs(float(again[4]) - float(first[4])) < 600  # durations
    later = float(again[0]) - float(first[0])
    moved = second().moved
    assert isinstance(reply.second, Reply)
    assert (reply.moved, reply.second.moved) == (False, moved)
    assert (later > DAY) is moved


STARTS = """\
import os, subprocess
child = subprocess.Popen(["sleep", "1000"], stdout=subprocess.DEVNULL)
print(os.getppid(), os.getpid(), child.pid)
"""


@MOVES
@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_nothing_is_left_of_a_clock_that_was_moved_outside_of_a_sandbox() -> None:
    numbers = told(twice(STARTS, "2026-11-24", Mode.OFF, True).second)
    assert len(numbers) == 3
    for number in numbers:
        assert not list(Path("/dev/shm").glob(f"*faketime*_{number}"))


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_what_cannot_differ_runs_once() -> None:
    assert twice("print(1)\n", "2", Mode.OFF, True).second is None


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_what_crashed_does_not_run_again() -> None:
    reply = twice("import os\nos._exit(3)\n", "2026-11-24", Mode.OFF, True)
    assert (reply.exit, reply.second) == (3, None)


def test_whether_the_clock_is_moved_is_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def job(output: str) -> FenceJob:
        page = f"```python {{.run}}\nprint(1)\n```\n\n```text {{.output}}\n{output}\n```\n"
        (group,) = groups_of(page).values()
        return fence_jobs.job(group, prepare.bare(), Limits(), {})

    before = job("2026-11-24")
    assert before.twice
    assert not job("1").twice
    assert "second run" not in job("1").inputs
    other = circumstances.Circumstances({}, None if second().moved else Path("x"))
    monkeypatch.setattr(circumstances, "second", lambda: other)
    after = job("2026-11-24")
    assert after.key != before.key
    assert [name for name in after.inputs if after.inputs[name] != before.inputs[name]] == [
        "second run"
    ]


@MOVES
def test_the_library_moves_the_clock_of_commands() -> None:
    asked = ["date", "-u", "+%s"]
    env = {**os.environ, **second().variables}
    printed = subprocess.run(asked, env=env, capture_output=True, text=True, check=True)
    assert int(printed.stdout) - time.time() > DAY
    assert printed.stderr == ""


def test_a_library_for_another_kind_of_machine_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "libfaketime"
    library = package / circumstances._LIBRARY
    library.parent.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.36"))
    assert circumstances._library() is None  # there is none
    ours = Path(sys.executable).read_bytes()[:64]
    library.write_bytes(ours)
    assert circumstances._library() == library
    library.write_bytes(ours[:18] + b"\xff\xff" + ours[20:])
    assert circumstances._library() is None
    library.write_bytes(ours)
    monkeypatch.setattr(platform, "libc_ver", lambda: ("", ""))
    assert circumstances._library() is None
    monkeypatch.setattr(sys, "platform", "darwin")
    assert circumstances._library() is None


def test_without_a_library_the_rest_is_otherwise_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(circumstances, "_library", lambda: None)
    without = second.__wrapped__()
    assert not without.moved
    assert set(without.variables) == {"TZ", "PYTHONHASHSEED"}
    assert not FIRST.moved


def test_only_what_belongs_to_nobody_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(circumstances, "_MEMORY", tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for number in (gone.pid, os.getpid()):
        (tmp_path / f"sem.faketime_sem_{number}").touch()
        (tmp_path / f"faketime_shm_{number}").touch()
    (tmp_path / "faketime_shm_x").touch()
    circumstances.sweep()
    assert {path.name for path in tmp_path.iterdir()} == {
        f"sem.faketime_sem_{os.getpid()}", f"faketime_shm_{os.getpid()}", "faketime_shm_x",
    }  # fmt: skip
