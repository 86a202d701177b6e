"""Every link that the project's sources name can be found: alive, moved, or in the graveyard."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.html.markup import escape
from fieldguide.links.verdict import Owners
from fieldguide.project.collect import collect
from fieldguide.reading import addresses, html, recommend, shelf
from fieldguide.reading.model import GONE

OWNERS = Owners()
ROOT = Path(__file__).parents[2]
LINKS = [
    line.split()
    for line in (ROOT / "tests/cases/sources.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
CATALOGUE = shelf.read(collect(ROOT)).catalogue
REMOVED = [
    *("effective-django", "open-bastion", "pyvideo-categories", "losh-django-advice"),
    *("pythonian", "knupp-production", "knupp-what-is", "twitter-knupp"),
    *("plank-whittle", "plank-whittle-debian", "tutsplus-flask", "flyingsaucer-bottle"),
    *("flask-extension-registry",),
]
"""What maintainers of the sources removed as gone: none of it may be recommended."""


def test_all_of_them_are_here() -> None:
    assert len(LINKS) == 58
    assert len({url for url, _ in LINKS}) == len(LINKS)


@pytest.mark.parametrize(("url", "id"), LINKS, ids=[url for url, _ in LINKS])
def test_a_link_of_the_sources_has_an_entry(url: str, id: str) -> None:
    one = CATALOGUE.resources[id]
    if one.status in GONE:
        assert one.reason
        assert OWNERS.domain(url) == OWNERS.domain(one.url), "a grave is for its own address"
        assert escape(one.title) in html.graveyard(CATALOGUE)
    else:
        same = addresses.same(url) == addresses.same(one.url)
        assert same or OWNERS.domain(url) == OWNERS.domain(one.url), (
            "a successor is found in the graveyard"
        )
        assert one in recommend.everything(CATALOGUE.resources.values())


@pytest.mark.parametrize("id", REMOVED)
def test_what_is_gone_is_not_recommended(id: str) -> None:
    assert CATALOGUE.resources[id].status in GONE


def test_the_swapped_page_is_called_hijacked() -> None:
    assert CATALOGUE.resources["lincolnloop-practices"].status == "hijacked"


def test_there_are_enough() -> None:
    alive = recommend.everything(CATALOGUE.resources.values())
    assert len(alive) >= 200
    for name in CATALOGUE.frameworks:
        assert len(recommend.about(alive, name)) >= (
            8 if name in collect(ROOT).frameworks else 4
        ), name
    for guide in collect(ROOT).guides:
        assert len(recommend.about(alive, guide)) >= 4, guide
