"""Every link that the project's sources name can be found: alive, moved, or in the graveyard."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.html.markup import escape
from fieldguide.links.verdict import Owners
from fieldguide.project.record import Project
from fieldguide.reading import addresses, html, recommend, shelf
from fieldguide.reading.model import GONE, Catalogue

OWNERS = Owners()
ROOT = Path(__file__).parents[2]
LINKS = [
    line.split()
    for line in (ROOT / "tests/cases/sources.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
REMOVED = [
    *("effective-django", "open-bastion", "pyvideo-categories", "losh-django-advice"),
    *("pythonian", "knupp-production", "knupp-what-is", "twitter-knupp"),
    *("plank-whittle", "plank-whittle-debian", "tutsplus-flask", "flyingsaucer-bottle"),
    *("flask-extension-registry",),
]
"""What maintainers of the sources removed as gone: none of it may be recommended."""


@pytest.fixture(scope="module")
def catalogue(collected: Project) -> Catalogue:
    return shelf.read(collected).catalogue


def test_all_of_them_are_here() -> None:
    assert len(LINKS) == 58
    assert len({url for url, _ in LINKS}) == len(LINKS)


@pytest.mark.parametrize(("url", "id"), LINKS, ids=[url for url, _ in LINKS])
def test_a_link_of_the_sources_has_an_entry(catalogue: Catalogue, url: str, id: str) -> None:
    resource = catalogue.resources[id]
    if resource.status in GONE:
        assert resource.reason
        assert OWNERS.domain(url) == OWNERS.domain(resource.url), "a grave is for its own address"
        assert escape(resource.title) in html.graveyard(catalogue)
    else:
        same = addresses.same(url) == addresses.same(resource.url)
        assert same or OWNERS.domain(url) == OWNERS.domain(resource.url), (
            "a successor is found in the graveyard"
        )
        assert resource in recommend.everything(catalogue.resources.values())


@pytest.mark.parametrize("id", REMOVED)
def test_what_is_gone_is_not_recommended(catalogue: Catalogue, id: str) -> None:
    assert catalogue.resources[id].status in GONE


def test_the_swapped_page_is_called_hijacked(catalogue: Catalogue) -> None:
    assert catalogue.resources["lincolnloop-practices"].status == "hijacked"


def test_there_are_enough(catalogue: Catalogue, collected: Project) -> None:
    alive = recommend.everything(catalogue.resources.values())
    assert len(alive) >= 200
    for name in catalogue.frameworks:
        assert len(recommend.about(alive, name)) >= (8 if name in collected.frameworks else 4), name
    for guide in collected.guides:
        assert len(recommend.about(alive, guide)) >= 4, guide
