"""The reading lists for programs: JSON as its schema says, and a feed that readers take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import jsonschema_rs
import pytest

from fieldguide.reading import feeds
from fieldguide.reading.model import Catalogue

DAY = date(2026, 11, 26)


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


def test_all_three_files_are_written_into_the_site(catalogue: Catalogue, tmp_path: Path) -> None:
    feeds.write(catalogue, tmp_path, "The Field Guide", "https://example.org/", day=DAY)
    assert {path.name for path in tmp_path.iterdir()} == {
        "reading.json", "reading.atom", "reading.schema.json",
    }  # fmt: skip
    schema = json.loads((tmp_path / "reading.schema.json").read_text("utf-8"))
    whole = json.loads((tmp_path / "reading.json").read_text("utf-8"))
    assert jsonschema_rs.validator_for(schema, validate_formats=True).is_valid(whole)
    assert whole["generated"] == "2026-11-26"


@pytest.mark.parametrize(
    ("flat", "lists", "graveyard"),
    [
        (False, "reading/", "reading/graveyard/"),
        (True, "reading/index.html", "reading/graveyard.html"),
    ],
)
def test_the_feed_names_pages_as_the_site_does(
    catalogue: Catalogue, tmp_path: Path, flat: bool, lists: str, graveyard: str
) -> None:
    address = "https://example.org/"
    feeds.write(catalogue, tmp_path, "The Guide", address, day=DAY, directory_urls=not flat)
    feed = feedparser.parse((tmp_path / "reading.atom").read_bytes())
    assert feed.feed.link == f"{address}{lists}"
    assert f"{address}{graveyard}" in {entry.link for entry in feed.entries}


def test_a_site_without_reading_lists_gets_none(tmp_path: Path) -> None:
    feeds.write(Catalogue({}, {}, (), {}, {}, ()), tmp_path, "The Field Guide", "", day=DAY)
    assert list(tmp_path.iterdir()) == []
