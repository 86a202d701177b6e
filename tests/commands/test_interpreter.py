"""`fieldguide python`: the interpreter that an editor is told of."""

from __future__ import annotations

import subprocess
from pathlib import Path

from cli import FLASK, run


def test_the_python_of_a_snippet_has_its_framework(project: Path) -> None:
    result = run("python", FLASK)
    assert result.exit_code == 0, result.output
    python = result.stdout.strip()
    assert Path(python).is_relative_to(project)
    subprocess.run([python, "-c", "import flask"], check=True)


def test_an_unknown_id_is_answered_with_the_nearest(project: Path) -> None:
    result = run("python", "greeting/flsk")
    assert result.exit_code == 2
    assert FLASK in result.stderr
