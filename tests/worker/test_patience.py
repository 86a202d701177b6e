"""How long a server is waited for: by what its processes do, not by the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from fieldguide.worker import proc
from fieldguide.worker.fences import patience
from fieldguide.worker.fences.patience import LOOK_SECONDS, Patience


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, bool]]:
    """What the next looks see: seconds of the processor, and whether all sleep; no time passes."""
    ahead: list[tuple[float, bool]] = [(0, True)]  # of the look before the first wait
    monkeypatch.setattr(patience, "_look", lambda: ahead.pop(0))
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)
    return ahead


def waits(patience: Patience, at_most: int = 1000) -> int:
    """How often it waits until it has been enough."""
    for count in range(at_most):
        if patience.over:
            return count
        patience.wait()
    return at_most


def test_who_sleeps_is_waited_for_as_long_as_is_said(looks: list[tuple[float, bool]]) -> None:
    looks += [(0, True)] * 100
    assert waits(Patience(idle=10.5 * LOOK_SECONDS, processor=9, wall=600)) == 11


def test_who_works_is_waited_for_by_what_it_uses(looks: list[tuple[float, bool]]) -> None:
    """However long that takes: on a busy machine it gets little of the processor."""
    looks += [(0, False)] * 200 + [(0.99, False)] * 200 + [(1.0, False)] * 200
    assert waits(Patience(idle=LOOK_SECONDS, processor=1, wall=600)) == 401


def test_what_was_used_before_does_not_count(looks: list[tuple[float, bool]]) -> None:
    looks[0] = (50.0, True)
    looks += [(50.0, False)] * 10 + [(51.0, False)]
    assert waits(Patience(idle=LOOK_SECONDS, processor=1, wall=600)) == 11


def test_only_looks_at_which_all_sleep_are_idle_time(looks: list[tuple[float, bool]]) -> None:
    looks += [(0, False), (0, True)] * 10
    assert waits(Patience(idle=2.5 * LOOK_SECONDS, processor=9, wall=600)) == 6


def test_between_two_looks_nothing_is_known(looks: list[tuple[float, bool]]) -> None:
    """The waits between count as much as the one at which they were looked at."""
    looks += [(0, True)] * 2
    patience = Patience(idle=5.5 * LOOK_SECONDS, processor=9, wall=600, every=3)
    assert [patience.wait() for _ in range(6)] == [False, False, True] * 2
    assert patience.over


def test_the_clock_is_a_backstop(
    looks: list[tuple[float, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks += [(0, False)] * 1000
    monkeypatch.setattr(patience, "monotonic", iter(range(1000)).__next__)
    assert waits(Patience(idle=9, processor=9, wall=20)) == 19


# What a look sees


def started(code: str) -> subprocess.Popen[str]:
    """A process that has printed a word, and goes on."""
    command = [sys.executable, "-c", f"print('ready', flush=True)\n{code}"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def look(processes: Sequence[subprocess.Popen[str]]) -> tuple[float, bool]:
    """What a look sees while they run."""
    try:
        return patience._look()
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="it needs /proc")
def test_one_that_works_is_enough() -> None:
    """It stands in line for a processor, or has one."""
    used, asleep = look([started("while True: pass"), started("input()")])
    assert used >= 0
    assert not asleep


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="it needs /proc")
def test_a_thread_that_works_is_one_of_its_process() -> None:
    code = "import threading\nthreading.Thread(target=input).start()\nwhile True: pass"
    assert look([started(code)])[1] is False


def test_without_a_process_everybody_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the system does not tell of any."""
    monkeypatch.setattr(proc, "descendants", lambda process: [])
    assert patience._look() == (0, True)
