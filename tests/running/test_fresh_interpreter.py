"""A job in an interpreter of its own: what it leaves, and how it is stopped."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sample_jobs import groups_of

from fieldguide.environments import prepare
from fieldguide.model import GroupRecord, Limits, Reply, Stopped
from fieldguide.running import fence_jobs
from fieldguide.running.fresh_interpreter import fresh
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox

USUAL = Limits()


def ran(folder: Path, code: str, limits: Limits = USUAL) -> Reply:
    (group,) = groups_of(f"```python {{.run}}\n{code}\n```\n").values()
    job = fence_jobs.job(group, prepare.bare(), limits, {})
    reply = fresh(job, folder, Workers(Sandbox(())))
    assert list(folder.iterdir()) == []
    return reply


def test_what_a_job_leaves(tmp_path: Path) -> None:
    reply = ran(tmp_path, "print(6 * 7)")
    assert reply.record == GroupRecord(None, ({"raised": None, "threads": []},))
    assert (reply.exit, reply.stopped, reply.judge) == (0, None, False)
    assert reply.output.startswith(f"\n\x1e{reply.mark} 0\x1e\n42\n")
    assert 0 < reply.seconds < USUAL.wall_seconds


@pytest.mark.whole
def test_what_a_job_leaves_is_read_on_a_busy_machine_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where whoever reads it has no processor for a while."""
    read = os.read

    def late(descriptor: int, size: int) -> bytes:
        time.sleep(0.7)
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", late)
    reply = ran(tmp_path, "print('x' * 200_000)")
    assert isinstance(reply.record, GroupRecord)
    assert reply.output.endswith(f"{'x' * 200_000}\n\n\x1e{reply.mark} end\x1e\n")


def test_what_ends_at_once_leaves_no_record(tmp_path: Path) -> None:
    reply = ran(tmp_path, "import os; os._exit(3)")
    assert (reply.record, reply.exit, reply.stopped) == (None, 3, None)


@pytest.mark.parametrize(
    ("code", "limits", "stopped"),
    [
        ("import time; time.sleep(600)", replace(USUAL, wall_seconds=1.0), Stopped.TIME),
        pytest.param(  # the kernel counts whole seconds
            *("while True: pass", replace(USUAL, cpu_seconds=1), Stopped.PROCESSOR),
            marks=pytest.mark.whole,
        ),
        ("while True: print('x' * 9999)", replace(USUAL, output_bytes=99_999), Stopped.OUTPUT),
    ],
)
def test_what_goes_on_is_stopped(
    code: str, limits: Limits, stopped: Stopped, tmp_path: Path
) -> None:
    reply = ran(tmp_path, code, limits)
    assert (reply.record, reply.stopped) == (None, stopped)
    assert len(reply.output) <= limits.output_bytes
    assert reply.exit != 0
