"""Jobs side by side: each has one reply, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sample_jobs import groups_of

from fieldguide.environments import prepare
from fieldguide.model import Defect, FenceJob, GroupRecord, Job, Limits, Lost, Reply, Stopped
from fieldguide.running import fence_jobs, pool
from fieldguide.running.again import starvation
from fieldguide.running.again.turns import Turn
from fieldguide.running.pool import Answer, Pool
from fieldguide.running.processes import folder_prefix
from fieldguide.running.sandbox import Sandbox
from fieldguide.running.zygote import CAN_FORK

FORKS = [pytest.param(True, marks=pytest.mark.skipif(not CAN_FORK, reason="no fork")), False]
KILLS = "import os\nos.kill(os.getppid(), 9)"


def job(name: str, code: str) -> FenceJob:
    """A group of one fence in the bare Python."""
    (group,) = groups_of(f"```python {{.run #{name}}}\n{code}\n```\n").values()
    return fence_jobs.job(group, prepare.bare(), Limits(), {})


def ran(jobs: list[FenceJob], fork: bool, workers: int = 2) -> dict[str, Answer]:
    """What became of each job, by its fence's name."""
    replies: dict[str, Answer] = {}

    def done(job: Job, reply: Answer) -> None:
        name = job.id.partition("#")[2]
        assert name not in replies
        replies[name] = reply

    Pool({}, workers, Sandbox(()), fork).run(jobs, done)
    return replies


@pytest.mark.parametrize("fork", FORKS)
def test_every_job_has_its_own_reply(fork: bool) -> None:
    replies = ran([job(name, f"print('this is {name}')") for name in "abc"], fork)
    assert sorted(replies) == ["a", "b", "c"]
    for name, reply in replies.items():
        assert isinstance(reply, Reply)
        assert isinstance(reply.record, GroupRecord)
        assert f"this is {name}\n" in reply.output


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_who_ends_the_warm_process_twice_is_lost_and_harms_no_other() -> None:
    replies = ran([job("a", "print(1)"), job("kills", KILLS), job("b", "print(2)")], True, 1)
    assert isinstance(replies["kills"], Lost)
    assert isinstance(replies["a"], Reply)
    assert isinstance(replies["b"], Reply)


class AskedToEnd(Exception):  # noqa: N818
    """What the handler of a signal raises here."""


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no signals of threads")
def test_a_signal_that_wakes_nobody_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one does that comes at another thread, or just before the first one begins to wait."""
    handled = threading.Event()

    def handle(*_: object) -> None:
        handled.set()
        raise AskedToEnd

    def fresh(job: Job, *_: object) -> Reply:
        time.sleep(0.5)  # by now the first thread waits, mostly
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)
        noticed.append(handled.wait(600))
        return Reply(None, "", 0, None, 0.0)

    noticed: list[bool] = []
    monkeypatch.setattr(pool, "fresh", fresh)
    before = signal.signal(signal.SIGUSR1, handle)
    try:
        with pytest.raises(AskedToEnd):
            ran([job("a", "1")], False, 1)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert noticed == [True]


def test_what_ended_because_the_run_was_interrupted_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its process is ended by us: that it is lost says nothing of the job."""
    interrupted = Pool({}, 1, Sandbox(()), fork=False)

    def fresh(job: Job, *_: object) -> Reply:
        signal.raise_signal(signal.SIGINT)  # which Python hands to the main thread
        end = time.monotonic() + 60
        while not interrupted.stopping and time.monotonic() < end:
            time.sleep(0.01)
        return Reply(None, "", -9, None, 1.0)

    told: list[str] = []
    monkeypatch.setattr(pool, "fresh", fresh)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted.run([job("a", "1")], lambda job, _: told.append(job.id))
    finally:
        signal.signal(signal.SIGINT, before)
    assert told == []


def test_who_had_no_processor_runs_again_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more time, and the reply of the first run is not told."""
    asked: list[Job] = []

    def fresh(job: Job, *_: object) -> Reply:
        asked.append(job)
        stopped = Stopped.TIME if len(asked) == 1 else None
        return Reply(None, "", 0, stopped, job.limits.wall_seconds, job.limits.wall_seconds / 2)

    monkeypatch.setattr(pool, "fresh", fresh)
    monkeypatch.setattr(starvation, "starved", lambda reply: reply.stopped is Stopped.TIME)
    replies = ran([job("a", "1"), job("b", "2")], False, 1)
    assert [(job.id, job.limits.wall_seconds) for job in asked] == [
        ("notes#a", 60),
        ("notes#b", 60),
        ("notes#a", 240),
    ]
    assert [reply.stopped for reply in replies.values() if isinstance(reply, Reply)] == [None] * 2


def test_an_exception_of_ours_is_the_answer_of_its_job(monkeypatch: pytest.MonkeyPatch) -> None:
    def fresh(job: Job, *_: object) -> Reply:
        if job.id == "notes#b":
            raise RuntimeError("it broke")
        return Reply(None, "", 0, None, 1.0)

    monkeypatch.setattr(pool, "fresh", fresh)
    replies = ran([job(name, "1") for name in "abc"], False, 1)
    assert list(replies) == ["a", "b", "c"]
    broken = replies["b"]
    assert isinstance(broken, Defect)
    assert broken.words == "RuntimeError: it broke"
    assert broken.location.path == "hooks/fieldguide/running/pool.py"


def test_who_is_told_may_break_and_the_next_job_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "fresh", lambda *_: Reply(None, "", 0, None, 1.0))
    told: list[str] = []

    def done(job: Job, answer: Answer) -> None:
        told.append(job.id)
        raise KeyError(job.id)

    whole = Pool({}, 1, Sandbox(()), fork=False)
    whole.run([job(name, "1") for name in "abc"], done)
    assert told == ["notes#a", "notes#b", "notes#c"]
    assert [defect.words for defect in whole.defects] == [f"KeyError: '{id}'" for id in told]


def test_folders_of_engines_that_were_killed_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    own = f"{folder_prefix()}x"
    killed = own.replace(str(os.getpid()), "99999999", 1)
    elsewhere = "fieldguide-99999999-1-x"  # in a container that shares the folder, it may run
    for name in (own, killed, elsewhere, "fieldguide-x-y", "other"):
        (tmp_path / name / "inside").mkdir(parents=True)
    ran([], True)
    kept = {own, elsewhere, "fieldguide-x-y", "other"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_job_of_the_second_turn_has_more_wall_clock_and_no_more_processor_time() -> None:
    first = job("a", "1")
    patient = Turn(first, 3.0).patient()
    assert patient.limits == replace(first.limits, wall_seconds=first.limits.wall_seconds * 3)
    assert Turn(first).patient() is first
