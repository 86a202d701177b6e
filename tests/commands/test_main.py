"""The command line: how it starts, which project it finds, and its small commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import run

from fieldguide import __version__

ROOT = Path(__file__).parents[2]


def test_an_unknown_command(project: Path) -> None:
    assert run("verfy").exit_code == 2


def test_the_root_is_found_upwards(passed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(passed / "docs/concepts")
    assert run("verify").exit_code == 0
    monkeypatch.chdir("/")
    assert run("--root", str(passed), "verify").exit_code == 0
    assert run("--root", str(passed / "missing"), "verify").exit_code == 2


def test_lock_an_unknown_environment(project: Path) -> None:
    result = run("lock", "flsk")
    assert result.exit_code == 2
    assert 'no environment is named "flsk" (did you mean "flask"?)' in result.stderr


# bench


MEASURING = """\
import signal, sys, time
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit("ended in order"))
print(*sys.argv[1:], flush=True)
time.sleep(600)
"""
"""Stands in for the programs of the checkout, which take minutes."""


@pytest.mark.skipif(os.name == "nt", reason="it has no such signals")
def test_bench_becomes_the_programs_of_the_checkout_and_ends_as_they_do(project: Path) -> None:
    """Told to end, it leaves nothing running: what it started itself would be killed at once."""
    (project / "hooks/bench").mkdir(parents=True)
    (project / "bench.py").write_text(MEASURING)
    with subprocess.Popen(
        [sys.executable, "-m", "fieldguide", "--root", project, "bench", "--repeat", "3"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "--repeat 3\n"
        process.terminate()
        _, errors = process.communicate(timeout=600)
    assert (process.returncode, errors) == (1, "ended in order\n")


def test_bench_is_a_program_that_can_be_started() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "--repeat" in done.stdout


def test_without_the_programs_bench_says_what_to_do(project: Path) -> None:
    result = run("bench")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{project}: hooks/bench is not there, and `fieldguide bench` measures the project itself. "
        "Next: run it in a checkout of the Field Guide.\n"
    )


# Starting


def start(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_python_m_fieldguide() -> None:
    done = start(sys.executable, "-m", "fieldguide", "--version")
    assert done.stdout == f"fieldguide, version {__version__}\n"


def test_installed_command() -> None:
    done = start(Path(sys.executable).with_name("fieldguide"), "--version")
    assert done.stdout == f"fieldguide, version {__version__}\n"


def old_pythons() -> Iterator[Path]:
    """Interpreters that are too old, beside the one that runs the tests."""
    for minor in (8, 9, 10):
        yield from Path(sys.base_prefix).parent.glob(f"3.{minor}.*/bin/python")


SIMULATED = "import sys; sys.version_info = (3, 8, 18, 'final', 0); import runpy; "
MODULE = "runpy.run_module('fieldguide', run_name='__main__')"


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "-c", SIMULATED + MODULE]]
    + [[str(python), "-m", "fieldguide"] for python in old_pythons()],
    ids=lambda command: Path(command[0]).parent.parent.name,
)
def test_a_python_too_old_is_told_in_one_line(command: list[str]) -> None:
    done = start(*command, "verify", PYTHONPATH=str(ROOT / "hooks"))
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(
        r"fieldguide needs Python 3\.11 or newer, this is 3\.\d+\. "
        r"Next: run it with a newer one, for example: make test PYTHON=python3\.13\.\n",
        done.stderr,
    )
