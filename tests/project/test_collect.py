"""Collecting a tree. What is wrong with one is in ``cases/bad_input``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldguide.base.text import SLUG, slug
from fieldguide.model import Limits, Location
from fieldguide.project.collect import collect
from fieldguide.project.record import Project

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "project"))


def test_a_whole_project(root: Path) -> None:
    project = collect(root)
    assert project.problems == ()
    assert list(project.frameworks) == ["flask", "bottle"]
    assert list(project.snippets) == ["greeting/flask", "greeting/bottle"]
    assert project.guides == {"greeting": Location("docs/concepts/greeting.md", 7)}
    assert project.limits == Limits()
    checks = project.contracts["greeting"].checks
    assert [(check.name, check.claim, check.location.line) for check in checks] == [
        ("test_greets_by_name", "`GET /hello/Ada` says hello to Ada.", 4),
        ("test_an_unknown_path_is_404", "`/missing` is 404.", 11),
    ]


def test_this_project_has_no_problem(collected: Project) -> None:
    assert collected.problems == ()
    assert collected.snippets


def test_a_contract_under_another_name_is_told_its_own(root: Path) -> None:
    contract = root / "snippets/greeting/contract.py"
    contract.with_name("contracts.py").write_bytes(contract.read_bytes())
    (problem,) = collect(root).problems
    assert "did you mean" not in problem.message
    contract.unlink()
    named = [each for each in collect(root).problems if each.location.path.endswith("contracts.py")]
    assert [(each.message.partition(":")[0], each.next) for each in named] == [
        ('a file with no place here (did you mean "contract.py"?)', "rename it")
    ]


def test_mentions_in_fences_and_quotes(root: Path) -> None:
    guide = root / "docs/concepts/other.md"
    guide.write_text("```\n::: snippets nothing\n```\n\n> ::: contract greeting\n")
    project = collect(root)
    assert project.problems == ()
    assert [
        mention.word for mention in project.mentions if mention.location.path.endswith("other.md")
    ] == ["contract"]


def test_what_a_wrong_mention_may_have_meant_is_no_second_problem(root: Path) -> None:
    """One slip of the pen is told once, at its line."""
    guide = root / "docs/concepts/greeting.md"
    right = guide.read_text("utf-8")
    for slip in ("::: snippets greting", "::: snipets greeting"):
        guide.write_text(right.replace("::: snippets greeting", slip), "utf-8")
        project = collect(root)
        assert [problem.location for problem in project.problems] == [
            Location("docs/concepts/greeting.md", 7)
        ]
        assert project.guides == {}
    guide.write_text(right.replace("::: snippets greeting", "::: snippets nothing"), "utf-8")
    assert [(each.location.path, each.message) for each in collect(root).problems] == [
        ("docs/concepts/greeting.md", 'no concept "nothing" in snippets/'),
        ("snippets/greeting/contract.py", "no guide shows the 2 snippets of greeting"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Error_Pages", "error-pages"), ("CSRF!", "csrf"), ("é", "concept"), ("a--b", "a-b")],
)
def test_a_name_as_a_folder(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert SLUG.fullmatch(slug(name))
