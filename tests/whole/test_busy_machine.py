"""A busy machine is no fault of a snippet: what had no processor is tried again, alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from miniature import OK, ROOT, SNIPPETS, WSGI, by_id, files_of, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Limits, Outcome, Reply, Result
from fieldguide.running.again import starvation

RUNS = 6
"""Engines that verify the same at once, on one processor: each has a sixth of it."""
LOAD = 5
"""Processes that never rest beside us on one processor: a snippet has a sixth of it as well."""
TELLS = Path("/proc/self/schedstat").exists()


@pytest.fixture
def one_processor() -> Iterator[None]:
    """Only one, for this process and whatever it starts."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(processors)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, processors)


@pytest.fixture
def load(one_processor: None) -> Iterator[None]:
    """One processor, and a busy one. What the tests need is installed before."""
    prepare.prepare(ROOT, "bottle")
    loop = [sys.executable, "-S", "-c", "while True: pass"]
    # Each in a session of its own, as the kernel shares processors out among sessions.
    busy = [subprocess.Popen(loop, start_new_session=True) for _ in range(LOAD)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What was said of each first run: whether it was starved."""
    answers: list[bool] = []
    starved = starvation.starved

    def recorded(reply: Reply) -> bool:
        answers.append(starved(reply))
        return answers[-1]

    monkeypatch.setattr(starvation, "starved", recorded)
    return answers


def verified(folder: Path, work: str, limits: Limits, fork: bool) -> Result:
    """The result of an application that does that work when it is imported."""
    files = {"work/contract.py": OK, "work/bottle/app.py": f"{work}\n{WSGI}"}
    root = miniature(folder, ["bottle"], files)
    return by_id(verify(root, (), VerifyOptions(fork=fork, limits=limits)))["work/bottle"]


@pytest.mark.usefixtures("one_processor")
def test_a_snippet_that_computes_much_passes_on_a_busy_machine(tmp_path: Path) -> None:
    """It hashes passwords; with wall-clock limits it has been blamed for its neighbours.

    Here the neighbours do the same: all engines verify it, at once and in one project.
    """
    here = SNIPPETS / "login"
    files = {"login/contract.py": (here / "contract.py").read_bytes()}
    files |= {f"login/flask/{name}": text for name, text in files_of(here / "flask").items()}
    root = miniature(tmp_path, ["flask"], files)
    (root / "docs/index.md").write_text("# Login\n\n::: snippets login\n")
    command = [sys.executable, "-m", "fieldguide", "verify", "--no-cache", "--jobs", "1"]
    engines = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(RUNS)
    ]
    said = [engine.communicate()[0].decode() for engine in engines]
    assert [engine.returncode for engine in engines] == [0] * RUNS, said
    assert all("1 snippet: 1 passed" in text for text in said), said


WORKS = "import time\nwhile time.process_time() < 0.5: pass"


SLEEPS = "import time\ntime.sleep(600)"


@pytest.mark.usefixtures("load")
@pytest.mark.parametrize("fork", [True, False])
def test_what_had_no_processor_runs_again(fork: bool, tmp_path: Path, asked: list[bool]) -> None:
    """With a processor for itself it would have ended within its two seconds."""
    result = verified(tmp_path, WORKS, Limits(wall_seconds=2.0), fork)
    assert result.outcome is Outcome.PASSED, result.reason
    assert asked == [True]


@pytest.mark.skipif(not TELLS, reason="the system does not say who waits for a processor")
@pytest.mark.parametrize("fork", [True, False])
def test_what_sleeps_is_blamed_at_once(fork: bool, tmp_path: Path, asked: list[bool]) -> None:
    result = verified(tmp_path, SLEEPS, Limits(wall_seconds=8.0), fork)
    assert (result.outcome, result.reason) == (Outcome.TIMED_OUT, "it did not end within 8 s")
    assert asked == [False]


@pytest.mark.parametrize("fork", [True, False])
def test_what_seems_starved_and_waits_for_ever_is_blamed_in_the_end(
    fork: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the system does not say who waits for a processor."""
    asked: list[Reply] = []

    def starved(reply: Reply) -> bool:
        asked.append(reply)
        return True

    monkeypatch.setattr(starvation, "starved", starved)
    result = verified(tmp_path, SLEEPS, Limits(wall_seconds=1.0), fork)
    assert (result.outcome, result.reason) == (Outcome.TIMED_OUT, "it did not end within 1 s")
    assert len(asked) == 1


@pytest.mark.usefixtures("load")
@pytest.mark.parametrize("fork", [True, False])
def test_what_computes_for_ever_is_blamed_at_once(
    fork: bool, tmp_path: Path, asked: list[bool]
) -> None:
    result = verified(tmp_path, "while True: pass", Limits(cpu_seconds=1), fork)
    words = "it did not end within 1 s of processor time"
    assert (result.outcome, result.reason) == (Outcome.TIMED_OUT, words)
    assert result.failure is not None
    assert result.failure.location.line == 1
    assert asked == [False]
