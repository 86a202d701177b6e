"""The rules of the reading lists: which break them, at which line, and which are just inside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reading_lists import ONE
from ruled_lists import TWO, YEAR, Lists

from fieldguide.model import Location
from fieldguide.reading import problems
from fieldguide.reading.catalogue import CHECKS, PATHS, RESOURCES
from fieldguide.reading.model import ReadingPath, Resource, Seen, Step
from fieldguide.reading.rules import PER_CONCEPT, PER_FRAMEWORK, YEARS


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    return Lists(tmp_path)


def test_what_keeps_every_rule_has_no_problem(lists: Lists) -> None:
    assert lists.broken(ONE, TWO) == []


# Ages


@pytest.mark.parametrize("kind", YEARS)
def test_the_age_of_a_kind(lists: Lists, kind: str) -> None:
    young = replace(ONE, kind=kind, year=YEAR - YEARS[kind])
    old = replace(TWO, kind=kind, year=YEAR - YEARS[kind] - 1)
    (problem,) = lists.broken(young, old)
    assert f'warning: a {kind} from {old.year} is called "current"' in problem


@pytest.mark.parametrize(
    "changes",
    [{"updated": YEAR}, {"caveat": "Old."}, {"status": "dated"}, {"status": "dead"}],
    ids=str,
)
def test_an_old_resource_that_says_how_it_stands(lists: Lists, changes: dict[str, Any]) -> None:
    assert lists.broken(replace(ONE, year=1999, **changes)) == []


def test_an_update_that_is_old_too_is_the_field_that_is_named(lists: Lists) -> None:
    (problem,) = lists.broken(replace(ONE, year=1999, updated=2005))
    assert problem.startswith(f"{RESOURCES}:{lists.line('updated')}: warning: a tutorial from 2005")


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Flask 2 in depth", "Flask 2"),
        ("flask v2.x", "Flask 2.x"),
        ("Flask 3", None),
        ("Flask 4 is near", None),
        ("Flasky 2", None),
        ("FastAPI 0.99", "FastAPI 0.99"),
        ("FastAPI 0.115", None),
        ("FastAPI 1.0", None),
    ],
)
def test_an_older_major_version_in_a_title(lists: Lists, title: str, named: str | None) -> None:
    about = replace(ONE, title=title, frameworks=("flask", "fastapi"))
    older = lists.broken(about)
    assert [f"this is about {named}, and" in problem for problem in older] == [True] * bool(named)
    assert lists.broken(replace(about, frameworks=())) == []  # it only mentions it
    assert lists.broken(replace(about, caveat="It is of an older version.")) == []


# Spelling


@pytest.mark.parametrize(
    ("why", "right"),
    [
        ("For FLASK.", "Flask"),
        ("A flask of water.", None),
        ("For fastapi.", "FastAPI"),
        ("For Fast API.", "FastAPI"),
        ("On github.com.", None),
        ("On Github.", "GitHub"),
        ("Uses Jinja2.", "Jinja"),
        ("Uses Jinja.", None),
        ("The package flask-wtf.", None),
        ("A WEBSOCKET.", "WebSocket"),
    ],
)
def test_a_name_is_written_in_one_way(lists: Lists, why: str, right: str | None) -> None:
    misspelt = lists.broken(replace(ONE, why=why))
    assert [f'is written "{right}"' in problem for problem in misspelt] == [True] * bool(right)


@pytest.mark.parametrize("field", ["why", "caveat", "reason"])
def test_every_sentence_is_read(lists: Lists, field: str) -> None:
    (problem,) = lists.broken(replace(ONE, **{field: "As on Github."}))  # type: ignore[arg-type]
    assert problem.startswith(f"{RESOURCES}:{lists.line(field)}: ")


@pytest.mark.parametrize(
    "name", ["ada lovelace", "Ada  Lovelace", "Áda Lovelace", "A. da Lovelace"]
)
def test_two_spellings_of_a_person_or_a_publisher(lists: Lists, name: str) -> None:
    (problem,) = lists.broken(ONE, replace(TWO, authors=(name,)))
    assert 'and "Ada Lovelace" in line 1 look like one name' in problem
    (problem,) = lists.broken(ONE, replace(TWO, authors=("Bob",), publisher=name))
    assert f'"{name}" here' in problem


# Addresses


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.example.org/one/", 'is the address of "one" in line 1 too'),
        ("https://example.org/two?utm_source=x", "where readers come from: utm_source"),
        ("http://example.org/two", "is sent unencrypted"),
        ("https://docs.example.org/2.3/", '"2.3" in the address is one version'),
        ("https://docs.example.org/latest/", '"latest" in the address is one version'),
    ],
)
def test_an_address(lists: Lists, url: str, words: str) -> None:
    docs = {"flask": "https://docs.example.org/en/stable/"}
    (problem,) = lists.broken(ONE, replace(TWO, url=url), docs=docs)
    assert words in problem


def test_which_version_is_stable_is_said_by_the_lists_too(lists: Lists) -> None:
    stable = replace(ONE, url="https://docs.example.net/en/stable/a")
    (problem,) = lists.broken(stable, replace(TWO, url="https://docs.example.net/en/1.0/b"))
    assert 'has "stable"' in problem


@pytest.mark.parametrize("changes", [{"status": "dead"}, {"caveat": "It has no https."}], ids=str)
def test_an_address_that_nobody_can_better(lists: Lists, changes: dict[str, str]) -> None:
    plain = replace(ONE, url="http://example.org/1.0/")
    assert lists.broken(replace(plain, **changes)) == []  # type: ignore[arg-type]


# Successors


def test_who_comes_after(lists: Lists) -> None:
    dead = replace(TWO, status="dead", superseded_by="one")
    assert lists.broken(ONE, dead) == []
    (unknown,) = lists.broken(replace(ONE, superseded_by="tow"), TWO)
    assert '"superseded_by" names "tow", which is no resource (did you mean "two"?)' in unknown
    (gone,) = lists.broken(replace(ONE, superseded_by="two"), replace(TWO, status="dead"))
    assert 'leads to "two", which is itself dead' in gone


def test_a_circle_is_told_at_each_of_its_members(lists: Lists) -> None:
    one, two = replace(ONE, superseded_by="two"), replace(TWO, superseded_by="one")
    before = replace(ONE, id="before", url="https://example.org/0", superseded_by="one")
    first, second = lists.broken(before, one, two)
    assert "leads in a circle: one -> two -> one" in first
    assert "leads in a circle: two -> one -> two" in second


# Paths, what was seen, and how many there are


def path(*steps: dict[str, str]) -> ReadingPath:
    """A path; its first step is in line 6 of the file."""
    at = [Location(PATHS, number) for number in range(6, 6 + len(steps))]
    walked = tuple(Step(place, **step) for place, step in zip(at, steps, strict=True))
    return ReadingPath(Location(PATHS, 1), "first", "First", "You.", walked)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ({"resource": "one"}, {"guide": "routing"}, "6: nothing leads from this step to the next"),
        ({"resource": "one", "then": "x"}, {"guide": "rooting"}, '7: "guide" names "rooting"'),
        ({"resource": "won", "then": "x"}, {"guide": "routing"}, '6: "resource" names "won"'),
        ({"guide": "routing", "then": "x"}, {"resource": "two"}, 'leads to "two", which is dead'),
        ({"resource": "one", "then": "x"}, {"resource": "one"}, '7: "one" is a step of this path'),
        ({"resource": "one", "then": "x"}, {"guide": "routing"}, None),
    ],
)
def test_the_steps_of_a_path(
    lists: Lists, first: dict[str, str], last: dict[str, str], words: str | None
) -> None:
    dead, site = replace(TWO, status="dead"), {"guides": ["routing"]}
    steps = lists.broken(ONE, dead, paths=(path(first, last),), site=site)
    assert [bool(words) and str(words) in problem for problem in steps] == [True] * bool(words)


def test_what_was_seen_of_nothing_is_told(lists: Lists) -> None:
    text = "one:\n  checked: 2026-11-20\nold:\n  checked: 2026-11-20\n"
    (lists.root / CHECKS).write_text(text, "utf-8")
    seen = {id: Seen("2026-11-20", "alive") for id in ("one", "old")}
    (problem,) = lists.broken(ONE, seen=seen)
    assert problem.startswith(f'{CHECKS}:3: "old" is no resource')


def test_frameworks_and_concepts_with_few_resources(lists: Lists) -> None:
    def of(number: int) -> list[Resource]:
        urls = [f"https://example.org/{n}" for n in range(number)]
        return [replace(ONE, id=f"r{n}", url=url) for n, url in enumerate(urls)]

    site = {"frameworks": ["flask"], "concepts": ["routing"]}
    assert lists.broken(*of(max(PER_FRAMEWORK, PER_CONCEPT)), site=site) == []
    (few,) = lists.broken(*of(PER_CONCEPT), site=site)
    assert f"the framework Flask has {PER_CONCEPT} of at least {PER_FRAMEWORK}" in few
    dead = [replace(resource, status="dead") for resource in of(PER_FRAMEWORK)]
    assert len(lists.broken(*dead, site=site)) == 2


def test_an_entry_that_could_not_be_read_is_not_missed(lists: Lists) -> None:
    """Its own problem is enough; what names it is right, once it is mended."""
    unread = (problems.empty(Location(RESOURCES)),)
    seen = {"other": Seen("2026-11-20", "alive")}
    steps = (path({"resource": "other", "then": "x"}, {"resource": "one"}),)
    site = {"frameworks": ["flask"], "guides": ["routing"]}
    assert lists.broken(ONE, problems=unread, seen=seen, paths=steps, site=site) == []
