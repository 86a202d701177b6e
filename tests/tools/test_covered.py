"""What is said of modules that the tests cover too little."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from covered import problems
from miniature import ROOT


def test_too_little_without_a_reason_is_problems() -> None:
    (line,) = problems({"fieldguide/a.py": 84.9, "fieldguide/b.py": 85.0}, 85, {})
    assert line.startswith("fieldguide/a.py: 84.9 % is covered, less than 85 %. Next: test it")


def test_a_reason_is_enough() -> None:
    assert problems({"fieldguide/a.py": 0.0}, 85, {"fieldguide/a.py": "it needs a server"}) == []


def test_a_reason_that_is_not_needed_is_problems() -> None:
    (line,) = problems({"fieldguide/a.py": 85.0}, 85, {"fieldguide/a.py": "it needs a server"})
    assert "which needs no reason" in line
    (line,) = problems({}, 85, {"fieldguide/gone.py": "it needs a server"})
    assert line.startswith("fieldguide/gone.py: no such module")


@pytest.mark.whole
def test_it_reads_what_coverage_writes(tmp_path: Path) -> None:
    """In a run of its own, in which nearly everything is covered too little."""
    report = tmp_path / "coverage.json"
    test = tmp_path / "test_one.py"
    test.write_text(
        "import fieldguide.base.text\n\ndef test_it():\n    assert fieldguide.base.text\n"
    )
    command = [sys.executable, "-m", "pytest", "-n0", "-q", "-c", str(ROOT / "pyproject.toml")]
    covering = ["--cov", "--cov-report=", f"--cov-report=json:{report}", str(test)]
    variables = {"COVERAGE_FILE": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}
    subprocess.run([*command, *covering], cwd=ROOT, env=variables, check=True)
    assert json.loads(report.read_text("utf-8"))["files"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/covered.py"), str(report)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "fieldguide/running/pool.py  " not in done.stderr
    assert "fieldguide/running/pool.py: " in done.stderr
    assert "fieldguide/worker/" not in done.stdout
