"""Every view of the evidence: sound, readable aloud, and closed to hostile data."""

from __future__ import annotations

import re

import pytest
from hostile_views import VIEWS
from samples import check, deviating, evidence_of, result
from sound import Sound

from fieldguide.showing.compare import framework as compare_framework
from fieldguide.showing.compare import matrix, overview


@pytest.mark.parametrize("name", VIEWS)
def test_no_data_becomes_markup(name: str) -> None:
    html = str(VIEWS[name]())
    sound = Sound(html)
    assert "script" not in sound.tags
    assert not {"onload", "onerror"} & sound.attributes
    if name != "totals":
        assert "&lt;script&gt;" in html or "%3Cscript" in html


@pytest.mark.parametrize("name", VIEWS)
def test_every_table_can_be_read_aloud_and_scrolled_from_the_keyboard(name: str) -> None:
    html = str(VIEWS[name]())
    for before, table in re.findall(r"(<div[^>]*>)?(<table.*?</table>)", html, re.S):
        assert 'class="fg-scroll" role="region" aria-label="' in before
        assert 'tabindex="0"' in before
        assert table.count("<caption") == 1
        assert not re.search(r"<th(?![^>]* scope=)[ >]", table)
        rows = re.findall(r"<tr.*?</tr>", table, re.S)
        assert len(rows) > 1
        assert len({len(re.findall(r"<t[hd][ >]", row)) for row in rows}) == 1


def test_these_views_have_tables() -> None:
    having = {name for name, view in VIEWS.items() if "<table" in view()}
    assert having == {
        *("verification", "matrix", "counts", "profile", "by hand", "by hand, each"),
        *("defaults", "graveyard"),
    }


def test_a_deviation_is_seen_in_every_comparison() -> None:
    known = evidence_of(result(check(), deviating()))
    framework = known.project.frameworks["flask"]
    for shown in (
        overview.table(known),
        matrix.table(known),
        compare_framework.table(known, framework),
    ):
        assert "fg-cell--deviates" in shown
