"""The command ``fieldguide``, called in this process."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from fieldguide.commands.cli.main import main

CASES = Path(__file__).parents[1] / "cases" / "bad_input"
FLASK, BOTTLE = "greeting/flask", "greeting/bottle"


def run(*arguments: str, answer: str = "") -> Result:
    """The command's result; ``answer`` is what a person types. No error of ours is hidden."""
    result = CliRunner().invoke(main, list(arguments), input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output or "explain" in arguments  # which shows the snippet's
    return result


def overlay(root: Path, case: str) -> None:
    """Lay the files of a case of bad input over a project."""
    shutil.copytree(CASES / case, root, dirs_exist_ok=True)


def second_concept(root: Path) -> None:
    """Add a concept, whose guide shows one snippet at a time."""
    shutil.copytree(root / "snippets/greeting", root / "snippets/parting")
    guide = "# Parting\n\n::: snippet parting/flask\n\n::: snippet parting/bottle\n"
    (root / "docs/concepts/parting.md").write_text(guide, "utf-8")
