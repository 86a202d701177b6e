"""Engines that write at the same time, and engines that are killed while they write."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import samples
from passes import PATHS, A, B, C, files, go, leave, named, parts, passed, put, waiting

from fieldguide.base.problems import Problems
from fieldguide.results import cache, last_run
from fieldguide.results.cache import Cache
from fieldguide.results.last_run import REPORT

WRITER = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
import passes
from fieldguide.results import cache, last_run
root, name = Path(sys.argv[1]), "{name}"
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    one = passes.named(f"{{name}}-{{number}}")
    kept = cache.Cache(root)
    assert passes.put(kept, passes.passed(one)) == []
    assert passes.leave(root, passes.passed(one)) == []
    assert cache.Cache(root).get(one) is not None, number
    assert last_run.read_report(root) is not None
"""


def writer(root: Path, name: str, code: str = WRITER) -> subprocess.Popen[str]:
    return waiting(code.format(path=PATHS, name=name), str(root))


@pytest.mark.whole
def test_engines_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    engines = [writer(tmp_path, f"engine-{number}") for number in range(3)]
    for engine in engines:
        go(engine)
    for engine in engines:
        _, errors = engine.communicate(timeout=600)
        assert (engine.returncode, errors) == (0, "")
    kept = Cache(tmp_path)
    missing = [
        (name, number)
        for name in range(3)
        for number in range(60)
        if kept.get(named(f"engine-{name}-{number}")) is None
    ]
    assert missing == []
    assert parts(tmp_path) == []
    # Engines that merge at the same time may leave a file more.
    assert len(files(tmp_path)) <= cache._FILES + 3


STUCK = """
import os, sys, time
from pathlib import Path
sys.path[:0] = {path!r}
import passes
from fieldguide.base.writing import atomic
from fieldguide.results import cache
def stop(*arguments):
    print("ready", flush=True)
    time.sleep(600)
def half(descriptor, mode):
    os.write(descriptor, b"half a line")
    stop()
setattr(atomic.os, "{name}", half if "{name}" == "fdopen" else stop)
root = Path(sys.argv[1])
{act}
"""


@pytest.fixture(params=["fdopen", "replace"])
def stuck(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """An engine that stands still while it writes: with half a file, or with a whole one."""
    act = "passes.put(cache.Cache(root), passes.passed(passes.A))"
    process = writer(tmp_path, request.param, STUCK.replace("{act}", act))
    yield process
    process.kill()
    process.communicate()


def test_what_a_killed_engine_left_is_no_result_and_is_swept(
    tmp_path: Path, stuck: subprocess.Popen[str]
) -> None:
    assert len(parts(tmp_path)) == 1
    assert Cache(tmp_path).get(A) is None
    stuck.kill()
    stuck.wait()
    kept = Cache(tmp_path)
    assert kept.get(A) is None
    assert parts(tmp_path) == []
    assert put(kept, passed(A)) == []
    assert Cache(tmp_path).get(A) == passed(A)


HOLDING = STUCK.replace("{act}", "passes.put(cache.Cache(root), passes.passed(passes.A))").replace(
    "def half(descriptor, mode):", "def half(descriptor, mode):\n    atomic.hold(descriptor)"
)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files by itself")
def test_what_a_living_engine_writes_is_not_swept(tmp_path: Path) -> None:
    process = writer(tmp_path, "fdopen", HOLDING)
    try:
        Cache(tmp_path).get(A)
        assert len(parts(tmp_path)) == 1
    finally:
        process.kill()
        process.communicate()
    Cache(tmp_path).get(A)
    assert parts(tmp_path) == []


def test_a_report_of_a_killed_engine_is_swept(tmp_path: Path) -> None:
    leave(tmp_path, passed(B))
    act = "passes.leave(root, passes.passed(passes.A))"
    process = writer(tmp_path, "replace", STUCK.replace("{act}", act))
    process.kill()
    process.communicate()
    assert len(parts(tmp_path)) == 1
    assert last_run.read_report(tmp_path) == samples.report(passed(B))
    leave(tmp_path, passed(C))
    assert parts(tmp_path) == []
    assert last_run.read_report(tmp_path) == samples.report(passed(C))


def test_a_part_that_somebody_swept_by_mistake_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_file, calls = os.replace, []

    def swept(source: str, target: Path) -> None:
        calls.append(source)
        if len(calls) == 1:
            os.unlink(source)
        replace_file(source, target)

    monkeypatch.setattr("fieldguide.base.writing.atomic.os.replace", swept)
    assert put(Cache(tmp_path), passed(A)) == []
    assert len(calls) == 2
    assert Cache(tmp_path).get(A) == passed(A)


@pytest.mark.whole
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_an_engine_killed_at_any_moment_leaves_whole_results(tmp_path: Path) -> None:
    """Kill writers after growing times; whatever is there is whole, and the rest is swept."""
    for number in range(6):
        process = writer(tmp_path, f"victim-{number}")
        go(process)
        time.sleep(0.008 * number)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = Cache(tmp_path)
        kept.get(A)
        for path in files(tmp_path):
            assert all(body for body in cache._bodies(path.read_bytes()))
            assert path.read_bytes().endswith(b"\n")
        if (tmp_path / REPORT).exists():
            assert last_run.read_report(tmp_path) is not None
    assert not [path for path in parts(tmp_path) if path.parent.name == "cache"]


def test_threads_may_share_one_folder(tmp_path: Path) -> None:
    ones = [named(f"number-{number}") for number in range(24)]
    workers = [
        threading.Thread(target=Cache(tmp_path).put, args=(Problems(), [passed(o)])) for o in ones
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    kept = Cache(tmp_path)
    assert all(kept.get(one) for one in ones)
