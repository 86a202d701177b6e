"""Every view of the evidence: sound, readable aloud, and closed to hostile data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from reading_lists import ONE
from samples import FLASK, check, deviating, evidence_of, failed, message, report, result
from sound import Sound

from fieldguide.model import Cell, Exchange, Kind, Location, Outcome, Standing
from fieldguide.project import probes
from fieldguide.reading import html
from fieldguide.reading.model import Catalogue, ReadingPath, Resource, Seen, Step
from fieldguide.showing.compare import by_hand, defaults, matrix, overview
from fieldguide.showing.compare import framework as compare_framework
from fieldguide.showing.evidence import Evidence
from fieldguide.showing.html import proof

EVIL = '<script>alert("x")</script>\'onload="y'
PLACE = Location("docs/reading/resources.yml", 1)
GRAVE = replace(
    ONE, id="grave", status="dead", ended=EVIL, reason=EVIL, superseded_by="one", archive_url=EVIL
)


def evil(record: Resource) -> Resource:
    """A resource with the hostile text in every field that holds text and decides nothing."""
    names = ("title", "url", "kind", "level", "cost", "why", "publisher", "length", "caveat")
    texts: dict[str, Any] = dict.fromkeys(names, EVIL)
    return replace(record, **texts, authors=(EVIL,))


def catalogue() -> Catalogue:
    seen = {"one": Seen(EVIL, EVIL, EVIL), "two": Seen(EVIL, EVIL)}
    one, two, grave = evil(ONE), replace(evil(ONE), id="two", level="advanced"), evil(GRAVE)
    one = replace(one, level="beginner")
    steps = (Step(PLACE, "one", None, EVIL), Step(PLACE, None, "routing", EVIL))
    return Catalogue(
        resources={"one": one, "two": two, "grave": grave},
        seen=seen,
        paths=(ReadingPath(PLACE, EVIL, EVIL, EVIL, steps),),
        frameworks={"flask": EVIL},
        concepts={"routing": EVIL},
        problems=(),
    )


def hostile() -> Evidence:
    """Evidence whose every text is hostile."""
    framework = replace(FLASK, title=EVIL, server=EVIL, docs=EVIL, distribution=EVIL)
    shown = result(
        check(claim=EVIL),
        failed(),
        outcome=Outcome.FAILED,
        versions={"python": EVIL, EVIL: EVIL},
        layers=(EVIL,),
        output=EVIL,
    )
    cell = Cell("routing/flask", PLACE, Kind.BY_HAND, why=EVIL, instead=EVIL)
    known = evidence_of(shown, framework, EVIL, cell)
    (environment,) = report().environments
    distributions = (replace(environment.distributions[0], name=EVIL, version=EVIL),)
    environment = replace(environment, python_version=EVIL, distributions=distributions)
    return replace(known, report=replace(report(), environments=(environment,)))


def probed() -> str:
    probe = probes.Probe(
        *("asks_it", EVIL, EVIL, "GET", "/", (), "", 0, ("status",), EVIL, PLACE),
    )
    answer = Exchange(
        message(f"GET /{EVIL} HTTP/1.1"), message("HTTP/1.1 200 OK", EVIL, Content_Type=EVIL)
    )
    asked = result(check("asks_it", exchanges=(answer,)), versions={"flask": EVIL, "python": EVIL})
    flask = replace(FLASK, title=EVIL)
    columns = [defaults.column(flask, Standing.PASSED, asked, [probe])]
    columns.append(defaults.column(flask, Standing.STALE, asked, [probe]))
    return defaults.table((probe,), columns) + defaults.versions(columns)


VIEWS: dict[str, Callable[[], str]] = {
    "verification": lambda: overview.table(hostile()),
    "totals": lambda: overview.totals(hostile()),
    "matrix": lambda: matrix.table(hostile()),
    "counts": lambda: matrix.counts(hostile()),
    "facts": lambda: compare_framework.facts(
        hostile(), next(iter(hostile().project.frameworks.values()))
    ),
    "profile": lambda: compare_framework.table(
        hostile(), next(iter(hostile().project.frameworks.values()))
    ),
    "by hand": lambda: by_hand.totals(hostile()),
    "by hand, each": lambda: "".join(html for _, _, html in by_hand.concepts(hostile())),
    "defaults": probed,
    "reading": lambda: html.chosen(catalogue(), "routing"),
    "resources": lambda: html.index(catalogue()),
    "paths": lambda: html.paths(catalogue(), {"routing": (EVIL, EVIL)}),
    "graveyard": lambda: html.graveyard(catalogue()),
    "proof": lambda: proof.proof(
        replace(FLASK, title=EVIL),
        EVIL,
        Standing.FAILED,
        hostile().results["routing/flask"],
        (),
        Kind.CORE,
    ),
}


@pytest.mark.parametrize("name", VIEWS)
def test_no_data_becomes_markup(name: str) -> None:
    html = str(VIEWS[name]())
    sound = Sound(html)
    assert "script" not in sound.tags
    assert "onload" not in sound.attributes
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
