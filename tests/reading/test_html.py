"""The reading lists in HTML: what a resource shows, and that no data becomes markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_lists import ONE

from fieldguide.reading import html
from fieldguide.reading.model import Catalogue, Resource, Seen


@pytest.mark.parametrize("field", ["title", "why", "caveat", "length", "publisher"])
def test_nothing_that_data_says_becomes_markup(field: str) -> None:
    hostile: Resource = replace(ONE, **{field: '<script>alert("x")</script>'})  # type: ignore[arg-type]
    assert "<script" not in html.item(hostile, None)
    assert "&lt;script&gt;" in html.item(hostile, None)


def test_an_address_cannot_leave_its_attribute() -> None:
    hostile = replace(ONE, url='https://example.org/"onclick="alert(1)')
    assert '"onclick' not in html.item(hostile, None)


def test_a_resource_says_what_it_is_and_when_it_was_seen() -> None:
    revised = replace(
        ONE, publisher="Example Press", updated=2026, cost="free online", length="2 h"
    )
    shown = html.item(revised, Seen("2026-11-26", "alive", seen="2026-11-20"), level=True, data="x")
    assert '<a href="https://example.org/one">One</a>' in shown
    assert "Ada Lovelace (Example Press)" in shown
    assert "tutorial · beginner · 2 h · free to read online · 2025, revised 2026" in shown
    assert 'last seen <time datetime="2026-11-20">2026-11-20</time>' in shown
    assert 'data-r="x"' in shown


def test_a_resource_that_nobody_has_seen_says_so() -> None:
    assert html.last_seen(None) == "not yet checked"
    never = html.last_seen(Seen("2026-11-26", "failed"))
    assert never.startswith("not seen yet, asked for on <time")


def test_a_page_ends_with_its_best_by_level(catalogue: Catalogue) -> None:
    shown = html.chosen(catalogue, "flask")
    assert shown.index("Beginner") < shown.index("Greeting people")
    assert "All reading lists" in shown
    assert "Nothing is listed here yet." in html.chosen(catalogue, "nowhere")


def test_the_index_offers_only_filters_that_find_something(catalogue: Catalogue) -> None:
    shown = html.index(catalogue)
    assert shown.count('class="fg-resource"') == int(
        shown.partition(" resource")[0].rpartition(">")[2]
    )
    used = {name for resource in catalogue.resources.values() for name in resource.frameworks}
    for name in catalogue.frameworks:
        assert (f'<option value="{name}">' in shown) == (name in used)


def test_the_graveyard_links_only_to_what_can_be_read_instead(catalogue: Catalogue) -> None:
    shown = html.graveyard(catalogue)
    (grave,) = [
        one for one in catalogue.resources.values() if one.status in ("dead", "moved", "hijacked")
    ]
    assert f"<code>{grave.url}</code>" in shown
    assert f'href="{grave.url}"' not in shown


def test_a_path_leads_through_guides_and_resources(catalogue: Catalogue) -> None:
    shown = html.paths(catalogue, {"greeting": ("Greeting", "concepts/greeting.md")})
    assert shown.count("<li>") == len(catalogue.paths[0].steps)
    assert "concepts/greeting.md" in shown
    assert html.paths(catalogue, {}).count("<li>") == len(catalogue.paths[0].steps) - 1
