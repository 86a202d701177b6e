"""The reading lists for programs, and which resources a page chooses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import feedparser
import jsonschema_rs
import pytest
from reading_lists import lay_out

from fieldguide.model import Location
from fieldguide.project.collect import collect
from fieldguide.reading import feeds, html, recommend, shelf
from fieldguide.reading.model import Catalogue, Resource

ONE = Resource(
    location=Location("docs/reading/resources.yml", 1),
    id="one",
    title="One",
    url="https://example.org/one",
    authors=("Ada Lovelace",),
    kind="tutorial",
    level="beginner",
    frameworks=("flask",),
    concepts=("routing",),
    year=2025,
    cost="free",
    language="en",
    why="For a first page.",
    status="current",
    added="2026-11-01",
)


@pytest.fixture
def catalogue(make_project: Callable[..., Path]) -> Catalogue:
    return shelf.read(collect(lay_out(make_project()))).catalogue


def test_reading_json_is_as_its_schema_says(catalogue: Catalogue) -> None:
    validator = jsonschema_rs.validator_for(feeds.schema(), validate_formats=True)
    whole = json.loads(feeds.as_json(catalogue, "2026-11-26"))
    assert [error.message for error in validator.iter_errors(whole)] == []
    assert whole["resources"][0]["seen"]["seen"] == "2026-11-20"
    assert whole["resources"][1]["seen"] is None
    assert not validator.is_valid({**whole, "resources": [{}]})
    assert not validator.is_valid({**whole, "generated": "today"})


@pytest.mark.parametrize("address", ["", "https://example.org/guide/"])
def test_the_feed_is_one_that_readers_take(catalogue: Catalogue, address: str) -> None:
    feed = feedparser.parse(feeds.as_atom(catalogue, "The Field Guide", address))
    assert feed.bozo is False
    assert feed.version == "atom10"
    assert feed.feed.title == "The Field Guide: reading list"
    assert feed.feed.updated == "2026-11-01T00:00:00Z"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 3
    for entry in feed.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.title
        assert entry.updated_parsed
        assert entry.authors == [{"name": "Ada Lovelace"}]
        assert entry.summary
    if address:
        assert feed.feed.links[0]["href"] == f"{address}reading.atom"
    links = {entry.title: entry.link for entry in feed.entries}
    assert not any("old-greetings" in link for link in links.values()), "the graveyard is no link"


def test_a_change_is_an_entry_of_its_own(catalogue: Catalogue) -> None:
    one = replace(catalogue.resources["greeting-people"], changed="2026-11-20")
    changed = replace(catalogue, resources={**catalogue.resources, one.id: one})
    feed = feedparser.parse(feeds.as_atom(changed, "T", ""))
    assert feed.entries[0].title == "Greeting people (changed)"
    assert feed.entries[0].updated == feed.feed.updated == "2026-11-20T00:00:00Z"


def named(resources: list[Resource]) -> list[str]:
    return [resource.id for resource in resources]


def test_rank_comes_first_then_what_is_current_then_the_newest() -> None:
    made = [
        replace(ONE, id="old", year=2020),
        replace(ONE, id="dated", status="dated", year=2026),
        replace(ONE, id="revised", year=2010, updated=2026),
        replace(ONE, id="second", rank=2, year=2001),
        replace(ONE, id="first", rank=1, status="dated", year=2001),
        replace(ONE, id="undated", year=None),
        replace(ONE, id="gone", status="dead", rank=1),
        replace(ONE, id="elsewhere", frameworks=(), concepts=("forms",)),
    ]
    wanted = ["first", "second", "revised", "old", "undated", "dated"]
    assert (
        named(recommend.about(made, "routing")) == named(recommend.about(made, "flask")) == wanted
    )


def test_at_most_eight_by_level() -> None:
    made = [
        replace(ONE, id=f"{level}-{n}", rank=n, level=level)
        for n in range(1, 5)
        for level in ("advanced", "beginner", "intermediate")
    ]
    found = recommend.best(made, "routing")
    assert [*found] == ["beginner", "intermediate", "advanced"]
    assert sum(map(len, found.values())) == recommend.MOST
    assert named(found["beginner"]) == ["beginner-1", "beginner-2", "beginner-3"]


@pytest.mark.parametrize("field", ["title", "why", "caveat", "length", "publisher"])
def test_nothing_that_data_says_becomes_markup(field: str) -> None:
    hostile = replace(ONE, **{field: '<script>alert("x")</script>'})
    assert "<script" not in html.item(hostile, None)
    assert "&lt;script&gt;" in html.item(hostile, None)


def test_an_address_cannot_leave_its_attribute() -> None:
    hostile = replace(ONE, url='https://example.org/"onclick="alert(1)')
    assert '"onclick' not in html.item(hostile, None)
