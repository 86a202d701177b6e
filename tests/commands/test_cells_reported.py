"""What the verbs tell of cells: who does the work, what is required, what is skipped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from miniature import OK, WSGI, by_id, miniature

from fieldguide.commands.cli.main import main
from fieldguide.commands.reports.verification_json import verification
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Kind, Outcome, Snippet
from fieldguide.project.collect import collect

ROOT = Path(__file__).parents[2]


PAGE = "::: contract greeting\n\n::: snippets greeting\n"


def unmet() -> str:
    """What some Pythons' Django is and this one's is not: the lock pins two."""
    versions = {d.name: d.version for d in prepare.prepare(ROOT, "django").distributions}
    return "django>=6" if int(versions["django"].partition(".")[0]) < 6 else "django<6"


def met() -> str:
    return {"django>=6": "django<6", "django<6": "django>=6"}[unmet()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in which Django's snippet cannot run here."""
    files = {
        "greeting/contract.py": f'"""Greeting."""\n\n\n{OK}',
        "greeting/django/app.py": WSGI,
        "greeting/django/cell.toml": f'requires = "{unmet()}"\n',
        "greeting/bottle/app.py": f"# --8<-- [start:by-hand]\n{WSGI}# --8<-- [end:by-hand]\n",
        "greeting/bottle/cell.toml": (
            'kind = "by hand"\nwhy = "It has no `greeting`."\ninstead = "[Say](index.md) it."\n'
        ),
        "greeting/tornado/cell.toml": 'kind = "not possible"\nwhy = "It is *mute*."\n',
    }
    names = ("django", "bottle", "tornado")
    made = miniature(tmp_path / "project", names, files, preload=False)
    project = (made / "pyproject.toml").read_text("utf-8")
    for name in ("flask", "pyramid", "falcon", "webpy"):
        project = re.sub(
            rf"\[tool\.fieldguide\.frameworks\.{name}\].*?\n\n", "", project, flags=re.S
        )
    (made / "pyproject.toml").write_text(project, "utf-8")
    exchange = "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\nok"
    fence = f'\n```http {{.run data-app="greeting/django"}}\n{exchange}\n```\n'
    (made / "docs/index.md").write_text(f"# Greeting\n\n{PAGE}{fence}", "utf-8")
    return made


def test_what_cannot_run_here_is_skipped_with_its_reason(root: Path) -> None:
    result = CliRunner().invoke(main, ["--root", str(root), "verify"])
    assert result.exit_code == 0, result.output
    assert "2 snippets: 1 passed, 1 skipped" in result.stdout
    assert "1 fence: 1 skipped" in result.stdout
    assert f"greeting/django is skipped: it requires {unmet()}, and Python 3." in result.stdout
    assert "has django " in result.stdout
    found = by_id(verify(root))
    assert found["greeting/django"].outcome is Outcome.SKIPPED
    assert found["greeting/django"].kind is Kind.CORE
    assert found["greeting/bottle"].kind is Kind.BY_HAND


def test_a_skip_is_no_failure_where_a_sandbox_is_demanded(root: Path) -> None:
    arguments = [
        "--root",
        str(root),
        "verify",
        "--sandbox",
        "strict",
        "--server",
        "greeting/django",
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "1 snippet: 1 skipped" in result.stdout


def test_it_runs_where_the_requirement_is_met(root: Path) -> None:
    cell = root / "snippets/greeting/django/cell.toml"
    cell.write_text(f'requires = "{met()}"\n', "utf-8")
    report = verify(root)
    assert by_id(report)["greeting/django"].outcome is Outcome.PASSED
    assert [problem for problem in report.problems if problem.severity == "error"] == []


def test_a_requirement_is_no_part_of_the_key(root: Path) -> None:
    """It decides whether a snippet runs, not what comes of it."""
    cell = root / "snippets/greeting/django/cell.toml"
    cell.write_text(f'requires = "{met()}"\n', "utf-8")
    verify(root)
    cell.unlink()
    assert by_id(verify(root))["greeting/django"].cached
    cell.write_text(f'requires = "{unmet()}"\n', "utf-8")
    assert by_id(verify(root))["greeting/django"].outcome is Outcome.SKIPPED


@pytest.mark.whole
def test_pytest_skips_with_the_reason(root: Path) -> None:
    command = [sys.executable, "-m", "pytest", "--rootdir", ".", "-p", "no:cacheprovider", "-rs"]
    done = subprocess.run(
        [*command, "snippets", "docs"],
        cwd=root,
        env={n: v for n, v in os.environ.items() if not n.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed, 2 skipped" in done.stdout, done.stdout + done.stderr
    assert f"it requires {unmet()}, and" in done.stdout


def test_the_published_results_carry_what_is_said(root: Path) -> None:
    report = verify(root)
    published = json.loads(json.dumps(verification(report, (), collect(root).cells)))
    cells = {one["id"]: one["cell"] for one in published["results"]}
    assert cells["greeting/django"] == {"kind": "core", "why": "", "instead": ""}
    assert cells["greeting/bottle"] == {
        "kind": "by hand",
        "why": "It has no `greeting`.",
        "instead": "[Say](index.md) it.",
    }
    assert cells["index#http-1"] is None
    [impossible] = published["not possible"]
    assert impossible["id"] == "greeting/tornado"
    assert impossible["cell"]["why"] == "It is *mute*."
    reasons = {one["id"]: one["reason"] for one in published["results"]}
    assert unmet() in reasons["greeting/django"]


def test_explain_says_who_does_the_work(root: Path) -> None:
    verify(root)
    said = {}
    for id in ("greeting/django", "greeting/bottle", "greeting/tornado"):
        said[id] = CliRunner().invoke(main, ["--root", str(root), "explain", id]).stdout
    assert f"  requires     {unmet()}" in said["greeting/django"]
    assert "  kind         core" in said["greeting/django"]
    assert "  kind         by hand: It has no `greeting`." in said["greeting/bottle"]
    assert "  kind         not possible: It is *mute*." in said["greeting/tornado"]


def test_a_run_that_requires_nothing_imports_no_packaging() -> None:
    code = "import sys, fieldguide.commands.verify.run; print('packaging' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_snippet_has_no_file_of_its_cell(root: Path) -> None:
    snippet: Snippet = collect(root).snippets["greeting/bottle"]
    assert list(snippet.files) == ["app.py"]
