"""`fieldguide lint`: the account of all fences, and what is unaccounted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli import run
from reading_lists import BASE
from tea_shop import PAGE

from fieldguide.commands.lint import account, total
from fieldguide.project.collect import collect


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project with the page of the tea shop; nothing in it can be run."""
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    (root / "docs/notes.md").write_text(PAGE, "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return root


def test_the_account_in_words(project: Path) -> None:
    assert list(account(collect(project))) == [
        "docs/notes.md: 9 fences: 6 run, 1 shown from a snippet, 1 not run, 1 plain text",
        "  docs/notes.md:40: python, not run: it would send mail",
    ]
    assert total(collect(project)) == (
        "2 pages: 9 fences: 6 run, 1 shown from a snippet, 1 not run, 1 plain text"
    )


def test_a_site_without_fences_says_so(project: Path) -> None:
    (project / "docs/notes.md").unlink()
    assert list(account(collect(project))) == []
    assert total(collect(project)) == "1 page: no fences"


def test_a_tree_without_a_problem_passes(project: Path) -> None:
    done = run("lint")
    assert (done.exit_code, done.stderr) == (0, "")
    copied, *lines = done.stdout.splitlines()
    assert copied.startswith("not a checkout of git: what may not be tracked was not looked at")
    assert lines == [f"{total(collect(project))}; no problems"]


def test_the_account_is_told_to_who_asks_for_it(project: Path) -> None:
    done = run("lint", "--account")
    told = collect(project)
    assert done.stdout.splitlines()[1:] == [*account(told), f"{total(told)}; no problems"]


def test_problems_come_last_and_the_last_line_counts_them(project: Path) -> None:
    """On a terminal, where a long account would have put them out of sight."""
    (project / "docs/broken.md").write_text("```python {.runs}\npass\n```\n", "utf-8")
    *told, problem, last = run("lint", "--account").output.splitlines()
    assert problem.startswith("docs/broken.md:1: ")
    assert last.startswith("3 pages: ")
    assert last.endswith("; 1 problem")
    assert not [text for text in told if "broken" in text and "Next" in text]


def test_what_is_unaccounted_for_fails(project: Path) -> None:
    bare = PAGE.replace(' {.norun data-reason="it would send mail"}', "")
    (project / "docs/notes.md").write_text(bare, "utf-8")
    done = run("lint")
    assert done.exit_code == 1
    assert done.stderr.startswith("docs/notes.md:40: this python fence is neither run nor shown")
    assert "1 unaccounted for" in done.stdout


def test_every_problem_of_the_tree_is_told(project: Path) -> None:
    """Of a fence that cannot be read too, which has no fate."""
    (project / "docs/broken.md").write_text("```python {.runs}\npass\n```\n", "utf-8")
    (project / "snippets/unfinished").mkdir()
    done = run("lint")
    assert done.exit_code == 1
    first, second = sorted(done.stderr.splitlines())
    assert first.startswith("docs/broken.md:1: ")
    assert second.startswith("snippets/unfinished/contract.py: ")
