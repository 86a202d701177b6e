"""What the words after a command select, and which problems concern it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from cli import BOTTLE, FLASK, overlay, run, second_concept
from reading_lists import BASE

from fieldguide.base.problems import Problems, line
from fieldguide.commands import selection
from fieldguide.commands.selection import Selection, Shard, left_out, part, relevant, select
from fieldguide.project.collect import collect
from fieldguide.project.record import Project

PARTING = ["parting/flask", "parting/bottle"]
ALL = [FLASK, BOTTLE, *PARTING]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two concepts, which is only read; nothing in it can be run."""
    root = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("two") / "project"))
    second_concept(root)
    return root


@pytest.fixture(autouse=True)
def _there(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def chosen(project: Project, names: Sequence[str]) -> Selection:
    """What the names select; each has to name something."""
    collector = Problems()
    found = select(collector, project, names)
    assert list(collector) == []
    return found


def selected(root: Path, *names: str) -> list[str]:
    """The ids that the names select."""
    return chosen(collect(root), names).ids


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["greeting/flask"], [FLASK]),
        (["greeting/bottle", "greeting/flask", "greeting/flask"], [FLASK, BOTTLE]),
        (["greeting"], [FLASK, BOTTLE]),
        (["flask"], [FLASK, "parting/flask"]),
        (["parting", "greeting/bottle"], [BOTTLE, "parting/flask", "parting/bottle"]),
        (["snippets/greeting/flask/app.py"], [FLASK]),
        (["./snippets/greeting/flask/"], [FLASK]),
        (["snippets/greeting/contract.py"], [FLASK, BOTTLE]),
        (["snippets/greeting"], [FLASK, BOTTLE]),
        (["docs/concepts/greeting.md"], [FLASK, BOTTLE]),
        (["docs/concepts/parting.md"], PARTING),
        (["snippets"], ALL),
        (["."], ALL),
    ],
    ids=" ".join,
)
def test_selection(two: Path, names: list[str], expected: list[str]) -> None:
    assert selected(two, *names) == expected


def test_paths_are_seen_from_the_current_directory(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(two / "snippets/greeting")
    assert selected(two, "flask/app.py") == [FLASK]
    assert selected(two, str(two / "snippets/parting")) == PARTING
    assert selected(two) == ALL


def test_a_path_through_a_link(two: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(two)
    assert selected(two, str(tmp_path / "link/snippets/greeting/flask")) == [FLASK]


def test_each_name_is_looked_for_once(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for each snippet: whoever names all of them would wait for the square of it."""
    project, asked = collect(two), list[str]()
    path = selection._path

    def counted(project: Project, name: str) -> Path:
        asked.append(name)
        return path(project, name)

    monkeypatch.setattr(selection, "_path", counted)
    assert chosen(project, [*ALL, "snippets"]).ids == ALL
    assert asked == [*ALL, "snippets"]


@pytest.mark.parametrize("name", ["snippets", "snippet"])
def test_a_concept_is_not_taken_for_the_framework_of_its_name(tmp_path: Path, name: str) -> None:
    """A page that shows one snippet, or all of a concept, means no more."""
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    shutil.copytree(root / "snippets/greeting", root / "snippets/flask")
    shown = "flask" if name == "snippets" else "flask/bottle"
    (root / "docs/one.md").write_text(f"# One\n\n::: {name} {shown}\n")
    expected = ["flask/flask", "flask/bottle"] if name == "snippets" else ["flask/bottle"]
    assert selected(root, str(root / "docs/one.md")) == expected


def test_an_unknown_selection_runs_nothing(two: Path) -> None:
    result = run("verify", "greeting/flask", "greeting/flsk", "xyz")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "greeting/flsk: no snippet, concept, framework, fence or path of this project "
        '(did you mean "greeting/flask"?). '
        "Next: name one, such as greeting/flask, or none for everything.",
        "xyz: no snippet, concept, framework, fence or path of this project. "
        "Next: name one, such as greeting/flask, or none for everything.",
    ]
    assert result.stdout == ""


def test_a_folder_under_a_wrong_name_is_told_before_the_snippet_that_is_missing(
    tmp_path: Path,
) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    flask = root / "snippets/greeting/flask"
    flask.rename(flask.with_name("flsk"))
    collector = Problems()
    select(collector, collect(root), [FLASK, "greeting/flaskk"])
    places = [problem.location.path for problem in collector]
    assert places == ["snippets/greeting/flsk", FLASK, "greeting/flaskk"]


def test_only_what_is_wanted_is_left(two: Path) -> None:
    whole = chosen(collect(two), ())
    assert whole.only(lambda id: id.endswith("/flask")).ids == [FLASK, "parting/flask"]
    assert Selection((), ()).ids == []


def test_a_selection_hears_only_of_what_concerns_it(tmp_path: Path) -> None:
    """A problem in another concept does not concern one snippet; a full run tells it."""
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    (root / "snippets" / "unfinished").mkdir()
    project = collect(root)

    def told(*names: str) -> list[str]:
        wanted = Selection((), ()) if names == ("snippets/unfinished",) else chosen(project, names)
        return [problem.location.path for problem in relevant(project, names, wanted)]

    assert told(FLASK) == []
    for paths in (told(), told("snippets/unfinished")):
        assert "snippets/unfinished/contract.py" in paths


def test_what_keeps_a_snippet_out_of_every_run(tmp_path: Path) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    overlay(root, "deviation-without-reason")
    (problem,) = left_out(collect(root), FLASK)
    assert line(problem).startswith("snippets/greeting/flask/deviations.toml:2: ")
    assert list(left_out(collect(root), BOTTLE)) == []


def test_shards_are_parts_of_the_whole(two: Path) -> None:
    project = collect(two)
    whole = chosen(project, ())
    parts = [part(Shard(number, 3), whole, project.problems)[0].ids for number in (1, 2, 3)]
    assert sorted(id for ids in parts for id in ids) == sorted(ALL)
