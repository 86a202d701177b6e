"""The reading lists' data: each mistake is a located message with the next act.

A case is a folder of ``cases/reading``: the files that a project's ``docs/reading`` differs in from
``_whole``, and ``expected.txt``, which is what ``fieldguide lint`` says. ``pytest --accept`` writes
it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading_lists import CASES, lay_out

from fieldguide.base.text import SLUG
from fieldguide.commands.cli.main import main
from fieldguide.project.collect import collect
from fieldguide.reading import addresses, catalogue, shelf, yaml_file

PLACE = re.compile(r"[\w./-]+(:\d+)?: \S.*\. Next: \S.*\.")


class Today(date):
    """The day that the cases are read on."""

    @classmethod
    def today(cls) -> Today:
        return cls(2026, 11, 26)


@pytest.fixture(autouse=True)
def _this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "date", Today)


@pytest.mark.parametrize(
    "case", sorted(one for one in CASES.iterdir()), ids=lambda case: str(case.name)
)
def test_reading(
    case: Path,
    make_project: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    root = lay_out(make_project(), case)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    result = CliRunner().invoke(main, ["--root", str(root), "lint"])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = f"{result.stderr}exit status {result.exit_code}\n"
    for told in result.stderr.splitlines():
        assert PLACE.fullmatch(told), f"not a located problem with a next act: {told}"

    expected = case / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, "utf-8")
    before = expected.read_text("utf-8") if expected.exists() else ""
    diff = "\n".join(unified_diff(before.splitlines(), said.splitlines(), "expected", "said"))
    assert said == before, f"\n{diff}\nIf that is meant: pytest --accept -k {case.name}"


def test_the_whole_one_is_read_as_it_stands(make_project: Callable[..., Path]) -> None:
    found = shelf.read(collect(lay_out(make_project())))
    one = found.catalogue.resources["greeting-people"]
    assert (one.title, one.authors, one.year) == ("Greeting people", ("Ada Lovelace",), 2025)
    assert one.added == "2026-11-01"
    assert one.location.line == 2
    assert found.catalogue.seen["greeting-people"].seen == "2026-11-20"
    assert [step.guide for step in found.catalogue.paths[0].steps] == [None, "greeting"]
    assert found.catalogue.frameworks == {
        "flask": "Flask", "bottle": "Bottle", "fastapi": "FastAPI",
    }  # fmt: skip


def test_a_project_without_reading_lists_has_no_problem(make_project: Callable[..., Path]) -> None:
    found = shelf.read(collect(make_project()))
    assert (found.problems, found.catalogue.resources) == ((), {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a", "https://EXAMPLE.org:443/a#part"),
        ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&x=1&utm_source=list"),
        ("https://example.org/a/", "https://example.org/a/index.html"),
        ("https://example.org/zo%C3%AB", "https://example.org/zoë"),
        ("https://example.org/%7Ea", "https://example.org/~a"),
    ],
)
def test_one_page_written_in_two_ways(one: str, other: str) -> None:
    assert addresses.same(one) == addresses.same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?page=1", "https://example.org/a?page=2"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://docs.example.org/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ],
)
def test_two_pages(one: str, other: str) -> None:
    assert addresses.same(one) != addresses.same(other)


def test_a_date_and_a_no_stay_text(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("day: 2026-11-26\nanswer: no\nsure: true\nnumber: 7\n", "utf-8")
    assert yaml_file.read(tmp_path, "a.yml").data == {
        "day": "2026-11-26", "answer": "no", "sure": True, "number": 7,
    }  # fmt: skip


def test_schemas_have_the_one_notation_of_names() -> None:
    """What `text.SLUG` is to the engine, the same pattern is to an editor."""
    patterns = re.findall(
        r'"pattern": "(\^\[a-z0-9\][^"]*)"',
        "".join(path.read_text("utf-8") for path in sorted(catalogue.SCHEMAS.glob("*.json"))),
    )
    assert len(patterns) == 4
    assert set(patterns) == {f"^{SLUG.pattern}$"}
