"""Collecting a tree. What is wrong with one is in ``cases/bad_input``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldguide.base.problems import ProblemError
from fieldguide.base.text import SLUG, slug
from fieldguide.model import Limits, Location
from fieldguide.project import settings
from fieldguide.project.collect import collect

ROOT = Path(__file__).parents[2]
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


def test_this_project_has_no_problem() -> None:
    project = collect(ROOT)
    assert project.problems == ()
    assert project.snippets


def test_every_file_of_a_snippet_belongs_to_it(root: Path) -> None:
    folder = root / "snippets/greeting/flask"
    (folder / "templates").mkdir()
    (folder / "templates/hello.html").write_text("<p>")
    (folder / "static").mkdir()
    (folder / "static/dot.png").write_bytes(b"\x89PNG\xff\x00")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/app.cpython-313.pyc").write_bytes(b"\x00")
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "deviations.toml").write_text('[test_greets_by_name]\nreason = " It cannot. "\n')
    snippet = collect(root).snippets["greeting/flask"]
    assert list(snippet.files) == ["app.py", "static/dot.png", "templates/hello.html"]
    (deviation,) = snippet.deviations
    assert (deviation.check, deviation.reason) == ("test_greets_by_name", "It cannot.")
    assert deviation.location == Location("snippets/greeting/flask/deviations.toml", 1)


def test_a_project_in_a_folder_with_an_ignored_name(root: Path) -> None:
    moved = Path(shutil.copytree(root, root.parent / "__pycache__" / "project"))
    assert collect(moved).snippets["greeting/flask"].files


def test_mentions_in_fences_and_quotes(root: Path) -> None:
    guide = root / "docs/concepts/other.md"
    guide.write_text("```\n::: snippets nothing\n```\n\n> ::: contract greeting\n")
    project = collect(root)
    assert project.problems == ()
    assert [
        mention.word for mention in project.mentions if mention.location.path.endswith("other.md")
    ] == ["contract"]


def test_a_contract_that_no_parser_can_hold(root: Path) -> None:
    contract = root / "snippets/greeting/contract.py"
    contract.write_text(f"x = {'-' * 100_000}1\n")
    (problem,) = collect(root).problems
    assert problem.location.path == "snippets/greeting/contract.py"
    assert problem.message.startswith("the contract has a syntax error: ")


@pytest.mark.filterwarnings("error")
def test_a_warning_of_the_parser_is_none_of_ours(root: Path) -> None:
    with (root / "snippets/greeting/contract.py").open("a") as file:
        file.write('DIGIT = "\\d"\n')
    assert collect(root).problems == ()


def test_limits_are_read(root: Path) -> None:
    with (root / "pyproject.toml").open("a") as file:
        file.write("\n[tool.fieldguide.limits]\nwall_seconds = 2\noutput_bytes = 4096\n")
    assert collect(root).limits == Limits(wall_seconds=2, output_bytes=4096)


@pytest.mark.parametrize(
    "line",
    [
        "wall_seconds = true",
        "wall_seconds = 0",
        "wall_seconds = -1.5",
        "wall_seconds = nan",
        "wall_seconds = inf",
        'wall_seconds = "2"',
        "output_bytes = 1.5",
        "output_bytes = true",
        "output_bytes = -1",
        "wall_second = 1",
    ],
)
def test_wrong_limits_are_refused_at_their_line(root: Path, line: str) -> None:
    with (root / "pyproject.toml").open("a") as file:
        file.write(f"\n[tool.fieldguide.limits]\n# a comment\n{line}\n")
    with pytest.raises(ProblemError) as caught:
        collect(root)
    (problem,) = caught.value.problems
    lines = (root / "pyproject.toml").read_text().splitlines()
    assert problem.location.line is not None
    assert lines[problem.location.line - 1] == line


@pytest.mark.parametrize(
    "content",
    [
        "tool = 3",
        "[tool]\nfieldguide = 3",
        "[tool.fieldguide]\nframeworks = 3",
        "[tool.fieldguide.frameworks]\nflask = 3",
        "[tool.fieldguide.frameworks.flask]",
        "[[tool.fieldguide.frameworks]]\nname = 'flask'",
    ],
)
def test_settings_of_any_shape_are_refused(root: Path, content: str) -> None:
    (root / "pyproject.toml").write_text(content)
    with pytest.raises(ProblemError):
        settings.read(root)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Error_Pages", "error-pages"), ("CSRF!", "csrf"), ("é", "concept"), ("a--b", "a-b")],
)
def test_a_name_as_a_folder(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert SLUG.fullmatch(slug(name))
