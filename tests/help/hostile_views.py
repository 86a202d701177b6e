"""Every view of the evidence, with hostile text in every field that holds text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reading_lists import ONE
from samples import FLASK, check, evidence_of, failed, message, report, result

from fieldguide.base.html import markup
from fieldguide.model import Cell, Exchange, Kind, Location, Outcome, Standing
from fieldguide.project import probes
from fieldguide.reading import html
from fieldguide.reading.model import Catalogue, ReadingPath, Resource, Seen, Step
from fieldguide.showing.compare import by_hand, defaults, matrix, overview
from fieldguide.showing.compare import framework as compare_framework
from fieldguide.showing.evidence import Evidence
from fieldguide.showing.html import proof, run_card

EVIL = (
    "javascript:alert(1)//</code></pre></title><script>alert(2)</script>"
    '"><img src=x onerror=alert(3)><svg onload=alert(4)>[x](javascript:alert(5))\'onload="y'
)
"""Closes what it may stand in, runs, and leads to what runs."""
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


def written_out() -> str:
    """What a cell says, and how its snippet is served."""
    return str(
        markup.element(
            "p", markup.sentence(EVIL), markup.sentence(f"[a](https://a.example/{EVIL})")
        )
        + run_card.production(EVIL, EVIL)
        + run_card.development(EVIL)
    )


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
    "cell": written_out,
    "proof": lambda: proof.proof(
        replace(FLASK, title=EVIL),
        EVIL,
        Standing.FAILED,
        hostile().results["routing/flask"],
        (),
        Kind.CORE,
    ),
}
