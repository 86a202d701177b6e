"""Worker processes: what they see of our variables, and that all of them can be ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.base import paths
from fieldguide.model import Limits
from fieldguide.running import processes
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Sandbox

WORKER = """\
import os, sys
print(sys.argv[1:], os.environ.get("DATABASE_URL"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Workers that say what they were started with and wait for the end of their input."""
    (tmp_path / "worker").mkdir()
    (tmp_path / "worker/__main__.py").write_text(WORKER)
    monkeypatch.setattr(processes, "WORKER", tmp_path / "worker")
    return Workers(Sandbox(()))


def start(workers: Workers, folder: Path, database: str = "") -> subprocess.Popen[bytes]:
    return workers.start(
        [sys.executable, "-S"],
        ["zygote", "[]"],
        readable=[],
        folder=folder,
        limits=Limits(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        database=database,
    )


def test_a_worker_is_told_its_arguments_and_its_database(workers: Workers, tmp_path: Path) -> None:
    process = start(workers, tmp_path, "postgresql:///shop")
    output, _ = process.communicate(timeout=600)
    assert output == b"['zygote', '[]'] postgresql:///shop\n"


def test_every_worker_that_still_runs_is_ended(workers: Workers, tmp_path: Path) -> None:
    running = [start(workers, tmp_path) for _ in range(2)]
    assert all(process.poll() is None for process in running)
    workers.end()
    assert all(process.returncode is not None for process in running)
    workers.end()  # nothing is left


def test_the_workers_of_another_run_go_on(workers: Workers, tmp_path: Path) -> None:
    process = start(workers, tmp_path)
    Workers(Sandbox(())).end()
    assert process.poll() is None
    processes.kill(process)
    processes.kill(process)  # which harms nobody
    assert process.returncode is not None


def test_what_a_worker_sees_of_our_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "1")
    monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
    variables = processes.variables(tmp_path)
    assert "SECRET" not in variables
    assert variables["SYSTEMROOT"] == "C:/Windows"
    assert (variables["HOME"], variables["TZ"]) == (str(tmp_path), "UTC")


def test_the_worker_is_compiled_before_it_runs() -> None:
    Workers(Sandbox(()))
    assert all(
        list((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))
        for path in paths.WORKER.rglob("*.py")
    )
