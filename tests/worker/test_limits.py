"""What the kernel lets a process use, and what a process that is over its time says."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from apart import LIMITS, Ran, apart

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")

START = """\
import resource
from fieldguide_worker.process.limits import *
from fieldguide_worker.process.standing import allowances
limits = json.loads(sys.argv[2])
"""


def limited(code: str, folder: Path, **limits: int) -> Ran:
    return apart(START + code, folder, json.dumps({**LIMITS, **limits}))


ALL = ("CPU", "DATA", "AS", "FSIZE", "NOFILE", "CORE")
NOW = f"[resource.getrlimit(getattr(resource, 'RLIMIT_' + name)) for name in {ALL}]"


def test_every_limit_is_set(tmp_path: Path) -> None:
    """Processor time a second late, as whoever watches all of a job is to be first."""
    memory = 300 * 1024 * 1024
    limits = {"cpu_seconds": 5, "memory_bytes": memory, "file_bytes": 1000, "open_files": 99}
    assert limited(f"limit(limits); tell({NOW})", tmp_path, **limits).told == [
        [6, 7],
        [memory, memory],
        [memory + 2**32, memory + 2**32],
        [1000, 1000],
        [99, 99],
        [0, 0],
    ]


def test_a_limit_of_nothing_is_one_of_a_second(tmp_path: Path) -> None:
    assert limited(f"limit(limits); tell({NOW})", tmp_path, cpu_seconds=0).told[0] == [2, 3]


def test_a_limit_that_is_refused_keeps_no_other_back(tmp_path: Path) -> None:
    """No system has so many descriptors, not for root either."""
    code = f"before = {NOW}; limit(limits); tell([before, {NOW}])"
    before, after = limited(code, tmp_path, open_files=2**40).told
    assert after[ALL.index("NOFILE")] == before[ALL.index("NOFILE")]
    assert after[ALL.index("CORE")] == [0, 0]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="it cannot be said here")
def test_a_process_stays_where_it_is_told(tmp_path: Path) -> None:
    code = """\
before = os.sched_getaffinity(0)
stay(None)
stay(99_999)  # there is no such processor
unchanged = os.sched_getaffinity(0) == before
stay(min(before))
tell([unchanged, os.sched_getaffinity(0) == {min(before)}])
"""
    assert limited(code, tmp_path).told == [True, True]


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ("pass", False),
        ("limit(limits)", True),
        ("resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))", True),
        ("os.nice(1)", True),
    ],
)
def test_what_a_child_may_change_of_its_parent_is_seen(
    change: str, seen: bool, tmp_path: Path
) -> None:
    code = f"before = allowances()\n{change}\ntell(allowances() != before)\n"
    assert limited(code, tmp_path).told is seen


def test_a_process_that_is_over_its_time_writes_its_stack(tmp_path: Path) -> None:
    """And ends by that signal all the same."""
    code = """\
import signal
tell_before_the_kernel_ends_us()
def works():
    os.kill(os.getpid(), signal.SIGXCPU)
works()
"""
    ran = limited(code, tmp_path)
    assert ran.status == -signal.SIGXCPU
    assert "Current thread" in ran.output or "Stack (most recent call first)" in ran.output
    assert " in works\n" in ran.output
