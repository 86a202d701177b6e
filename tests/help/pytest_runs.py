"""Runs of pytest of their own, in miniature projects."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in ``root`` as somebody would who knows nothing of the run around it."""
    around = ("PYTEST_", "COV_", "GITHUB_")
    variables = {n: v for n, v in os.environ.items() if not n.startswith(around)}
    command = [sys.executable, "-m", "pytest", "--rootdir", ".", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=root,
        env={**variables, "COLUMNS": "300"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "pytest_plugin.py" not in done.stdout + done.stderr, "a frame of ours is shown"
    assert "INTERNALERROR" not in done.stdout + done.stderr
    return done


def summary(done: subprocess.CompletedProcess[str]) -> str:
    """The last line, without its rule and its seconds."""
    return re.sub(r" in [\d.]+s.*", "", done.stdout.splitlines()[-1].strip("= "))
