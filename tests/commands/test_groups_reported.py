"""What the verbs tell of groups of fences: items, reports, explanations, the cache."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from miniature import by_id
from pytest_runs import run, summary
from tea_shop import PAGE

from fieldguide.base.problems import ProblemError
from fieldguide.commands.cli.main import main
from fieldguide.commands.reports import terminal
from fieldguide.commands.reports.junit import junit
from fieldguide.commands.reports.verification_json import verification
from fieldguide.commands.reports.workflow_commands import workflow_commands
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome, Report
from fieldguide.project.collect import collect
from fieldguide.results import cache


@pytest.fixture
def root(make_project: Callable[..., Path]) -> Path:
    root = make_project()
    write(root, PAGE)
    return root


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the passes of the first `known` are, for the others."""
    return tmp_path_factory.mktemp("kept") / "cache"


@pytest.fixture
def known(root: Path, kept: Path) -> Path:
    """The same, whose snippets and fences have passed: for what is not about running them."""
    if kept.exists():
        shutil.copytree(kept, root / cache.FOLDER)
    else:
        verify(root)
        shutil.copytree(root / cache.FOLDER, kept)
    return root


def write(root: Path, text: str) -> None:
    (root / "docs/notes.md").write_text(text, "utf-8")


def verified(root: Path) -> Report:
    done = verify(root, ["docs/notes.md"], VerifyOptions(jobs=1))
    assert [problem for problem in done.problems if problem.severity == "error"] == [], (
        done.problems
    )
    return done


def test_all_fences_are_published(known: Path) -> None:
    done = verify(known)
    entries = [entry for page in collect(known).accounts.values() for entry in page]
    data = json.loads(json.dumps(verification(done, entries)))
    assert [(one["line"], one["kind"], one["outcome"]) for one in data["fences"]] == [
        (3, "run", "passed"),
        (9, "run", "passed"),
        (13, "run", "passed"),
        (22, "run", "passed"),
        (26, "run", "passed"),
        (35, "run", "passed"),
        (40, "not run", None),
        (44, "shown", None),
        (48, "text", None),
    ]
    assert data["fences"][6]["reason"] == "it would send mail"
    [group] = [one for one in data["results"] if one["id"] == "notes#shop"]
    assert group["kind"] == "fences"
    assert group["checks"][2]["exchanges"][0]["response"]["body"] == "<p>3</p>"
    assert data["totals"]["snippets"] == 2
    assert data["totals"]["fences"]["passed"] == 4
    assert "2 snippets: 2 passed, 4 checks; 4 fences: 4 passed;" in terminal.summary(done)


def test_prose_moves_a_fence_and_runs_nothing(root: Path) -> None:
    assert not by_id(verified(root))["notes#shop"].cached
    write(root, PAGE.replace("# Notes\n", "# Notes\n\nA new paragraph,\nof two lines.\n"))
    result = by_id(verified(root))["notes#shop"]
    assert result.cached
    assert result.location.line == 6
    assert [check.check.location.line for check in result.checks] == [6, 16, 29]


def test_a_failure_is_never_kept(root: Path) -> None:
    write(root, PAGE.replace("('tea', {})", "('milk', {})"))
    for _ in range(2):
        result = by_id(verify(root, ["notes#shop"]))["notes#shop"]
        assert (result.outcome, result.cached) == (Outcome.FAILED, False)
        assert [check.outcome.value for check in result.checks] == ["passed", "failed", "passed"]


def test_a_fence_is_selected_by_its_name(known: Path) -> None:
    for name in ("notes#shop", "notes#price", "notes#python-1"):
        assert list(by_id(verify(known, [name]))) == ["notes#shop"]
    for name in ("notes", "docs/notes.md", str(known / "docs/notes.md")):
        assert list(by_id(verify(known, [name]))) == ["notes#shop", "notes#pycon-1"]
    assert "notes#shop" in by_id(verify(known, ["flask"]))


def test_explain_tells_of_a_group(known: Path) -> None:
    verified(known)
    done = CliRunner().invoke(main, ["--root", str(known), "explain", "notes#shop"])
    assert done.exit_code == 0, done.output
    first, *rest = done.output.splitlines()
    assert first == (
        "notes#shop: docs/notes.md:3 (python), docs/notes.md:9 (pages/tea.html), "
        "docs/notes.md:13 (python), docs/notes.md:22 (output), docs/notes.md:26 (http)"
    )
    assert "  cached       yes, a pass is kept under this key" in rest


@pytest.mark.whole
def test_an_item_a_fence(root: Path) -> None:
    done = run(root, "--collect-only", "-q", "docs")
    assert done.stdout.splitlines()[:4] == [
        "docs/notes.md::notes#shop::python-1",
        "docs/notes.md::notes#shop::price",
        "docs/notes.md::notes#shop::http-1",
        "docs/notes.md::notes#pycon-1::pycon-1",
    ]
    write(root, PAGE.replace("price=3", "price=4").replace("1 + 1", "1 + 2"))
    done = run(root, "-q", "docs")
    assert (done.returncode, summary(done)) == (1, "2 failed, 2 passed")
    assert 'docs/notes.md:32: notes#shop: expected "<p>3</p>", got "<p>4</p>".' in done.stdout


def test_junit_tells_what_was_not_reached(root: Path) -> None:
    write(root, PAGE.replace("print(app", "raise LookupError(app"))
    done = verify(root, ["notes#shop"])
    xml = junit(done)
    assert 'name="price" file="docs/notes.md" line="19"' in xml
    assert '<skipped message="a fence before it did not hold"' in xml
    assert "::error file=docs/notes.md,line=19::" in workflow_commands(done.problems)[0]


def test_fences_have_no_server(root: Path) -> None:
    with pytest.raises(
        ProblemError, match=r"docs/notes\.md:3: fences and probes are never run with --server"
    ):
        verify(root, ["notes#shop"], VerifyOptions(server=True))
    assert list(
        by_id(verify(root, ["greeting/flask", "notes#shop"], VerifyOptions(server=True)))
    ) == ["greeting/flask"]
