"""``python -m bench``, and how it ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_it_says_what_it_can_do() -> None:
    command = [sys.executable, "-m", "bench", "--help"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "--repeat" in run.stdout


def interruptible() -> None:
    """A shell starts what runs in its background so that Ctrl-C does not reach it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.whole
@pytest.mark.skipif(os.name == "nt", reason="it has no such signals")
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 1), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
def test_it_ends_without_a_traceback(number: signal.Signals, status: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bench", "--repeat", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=interruptible,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("layers: ")
        process.send_signal(number)
        _, errors = process.communicate(timeout=600)
    assert process.returncode == status
    assert "Traceback" not in errors
