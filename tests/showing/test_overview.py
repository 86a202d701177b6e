"""The table of verification, its cells, and the counts in one sentence."""

from __future__ import annotations

from pathlib import Path

from proven_site import convert
from samples import FLASK, check, deviating, failed, result, store

from fieldguide.model import (
    Kind,
    Result,
    Standing,
)
from fieldguide.showing.compare import overview
from fieldguide.showing.evidence import Spot


def test_the_table_and_the_totals(root: Path) -> None:
    store(root)
    html = convert(root, "::: totals\n\n::: verification")
    assert "2 snippets of 1 concept in 2 frameworks, held to 2 checks: 1 verified, 1 not." in html
    assert '<a href="concepts/routing.md">Routing</a>' in html
    assert '<a href="concepts/routing.md#routing-flask">2 checks</a>' in html
    assert '<a href="about/contributing.md">missing</a>' in html
    assert "data-fg-doc" not in html


def spot(shown: Result | None, standing: Standing, doc: str | None = None) -> Spot:
    return Spot(FLASK, None, standing, Kind.CORE, shown, doc)


def test_cells() -> None:
    place = "concepts/routing.md#routing-flask"
    assert overview.cell(spot(result(check()), Standing.PASSED, place)) == (
        '<td class="fg-cell fg-cell--passed">'
        '<a href="" data-fg-doc="concepts/routing.md#routing-flask">1 check</a></td>'
    )
    deviates = overview.cell(spot(result(deviating()), Standing.DEVIATES))
    assert deviates == '<td class="fg-cell fg-cell--deviates">1 check, 1 deviation</td>'
    failing = overview.cell(spot(result(check(), failed()), Standing.FAILED))
    assert failing == '<td class="fg-cell fg-cell--failed">failed: 1 of 2 checks</td>'
    unknown = overview.cell(spot(None, Standing.UNVERIFIED))
    assert unknown == '<td class="fg-cell fg-cell--unverified">not verified</td>'
    stale = overview.cell(spot(result(check()), Standing.STALE))
    assert stale == '<td class="fg-cell fg-cell--stale">stale</td>'
    assert overview.cell(spot(None, Standing.MISSING)) == (
        '<td class="fg-cell fg-cell--missing">'
        '<a href="" data-fg-doc="about/contributing.md">missing</a></td>'
    )
    assert overview.cell(spot(None, Standing.IMPOSSIBLE, place)) == (
        '<td class="fg-cell fg-cell--impossible">'
        '<a href="" data-fg-doc="concepts/routing.md#routing-flask">not possible</a></td>'
    )


def test_totals() -> None:
    assert overview.sentence(3, 7, [Standing.PASSED] * 21, 168) == (
        '<p class="fg-totals">21 snippets of 3 concepts in 7 frameworks, '
        "held to 168 checks: all verified.</p>"
    )
    some = overview.sentence(1, 2, [Standing.PASSED, Standing.STALE], 4)
    assert "1 verified, 1 not" in some
    others = [Standing.PASSED, Standing.DEVIATES, Standing.DEVIATES, Standing.FAILED]
    assert "1 verified, 2 deviate, 1 not" in overview.sentence(1, 4, others, 4)
    assert "1 verified, 1 deviates." in overview.sentence(1, 2, others[:2], 4)
    assert "0 verified, 0 not" in overview.sentence(0, 0, [], 0)
