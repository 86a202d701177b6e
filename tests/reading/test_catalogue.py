"""The reading lists' data: each mistake is a located message with the next act.

A case is a folder of ``cases/reading``: the files that a project's ``docs/reading`` differs in from
``_whole``, and ``expected.txt``, which is what ``fieldguide lint`` says. ``pytest --accept`` writes
it anew.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading_lists import CASES, lay_out

from fieldguide.base.text import SLUG
from fieldguide.commands.cli.main import main
from fieldguide.project.collect import collect
from fieldguide.reading import catalogue, shelf

PLACE = re.compile(r"[\w./-]+(:\d+)?: \S.*\. Next: \S.*\.")


class Today(date):
    """The day that the cases are read on."""

    @classmethod
    def today(cls) -> Today:
        return cls(2026, 11, 26)


@pytest.fixture(autouse=True)
def _this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "date", Today)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: str(case.name))
def test_reading(
    case: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    root = lay_out(project, case)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    result = CliRunner().invoke(main, ["--root", str(root), "lint"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = f"{result.stderr}exit status {result.exit_code}\n"
    for text in result.stderr.splitlines():
        assert PLACE.fullmatch(text), f"not a located problem with a next act: {text}"

    expected = case / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, "utf-8")
    before = expected.read_text("utf-8") if expected.exists() else ""
    diff = "\n".join(unified_diff(before.splitlines(), said.splitlines(), "expected", "said"))
    assert said == before, f"\n{diff}\nIf that is meant: pytest --accept -k {case.name}"


def test_the_whole_one_is_read_as_it_stands(project: Path) -> None:
    lists = shelf.read(collect(lay_out(project))).catalogue
    resource = lists.resources["greeting-people"]
    assert (resource.title, resource.authors, resource.year) == (
        "Greeting people",
        ("Ada Lovelace",),
        2025,
    )
    assert resource.added == "2026-11-01"
    assert resource.location.line == 2
    assert lists.seen["greeting-people"].seen == "2026-11-20"
    assert [step.guide for step in lists.paths[0].steps] == [None, "greeting"]
    assert lists.frameworks == {
        "flask": "Flask", "bottle": "Bottle", "fastapi": "FastAPI",
    }  # fmt: skip


def test_lists_without_their_resources_are_a_problem(project: Path) -> None:
    """Nothing would be left of the lists, and every rule would hold."""
    root = lay_out(project)
    (root / catalogue.RESOURCES).unlink()
    problem = shelf.read(collect(root)).catalogue.problems[0]
    assert problem.location.path == catalogue.RESOURCES
    assert problem.message.startswith("this file cannot be read: No such file")


def test_schemas_have_the_one_notation_of_names() -> None:
    """What `text.SLUG` is to the engine, the same pattern is to an editor."""
    patterns = re.findall(
        r'"pattern": "(\^\[a-z0-9\][^"]*)"',
        "".join(path.read_text("utf-8") for path in sorted(catalogue.SCHEMAS.glob("*.json"))),
    )
    assert len(patterns) == 4
    assert set(patterns) == {f"^{SLUG.pattern}$"}
