"""The page of one snippet: its code, how it starts, every check with its exchanges, its kin.

No one writes these pages, and none lies in the docs folder: the hook hands them to the host.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from markupsafe import Markup

from ...base.html.markup import element, fragment, page_link
from ...model import Snippet
from ..evidence import Evidence, Spot
from ..html import proof
from ..standing import UNKNOWN, WORDS, checks_line, classes
from . import snippet_tabs
from .place import Place

_PAGE = """\
---
title: {title}
description: {description}
search:
  boost: {boost}
---

# {heading}

::: snippet-page {id}
"""

BOOST = 0.3
"""What a page counts in a search beside its guide, which has the same code and explains it."""


def pages(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Each page: its path in the docs folder, and its Markdown."""
    for snippet in evidence.project.snippets.values():
        page = evidence.page(snippet)
        if page is None:
            continue
        concept = evidence.title(snippet.concept)
        framework = evidence.project.frameworks[snippet.framework].title
        title = f"{concept} in {framework}"
        description = (
            f"{concept} in {framework}, a Python web framework: an application that runs, how to "
            "start it, and each request that it was held to, with its response."
        )
        yield (
            page,
            _PAGE.format(
                title=json.dumps(title, ensure_ascii=False),
                description=json.dumps(description, ensure_ascii=False),
                heading=title,
                boost=BOOST,
                id=snippet.id,
            ),
        )


def snippet_page(place: Place, evidence: Evidence, shown: Snippet) -> None:
    """Everything under the page's title."""
    framework = evidence.project.frameworks[shown.framework]
    result, standing = evidence.results.get(shown.id), evidence.standing(shown)
    place.element(_lead(evidence, shown))
    place.html(proof.line(framework, shown.id, standing, result, evidence.kind(shown)))
    place.heading("Code", "code", 2)
    snippet_tabs.files(place, shown)
    if shown.cell is not None:
        snippet_tabs.note(place, shown.cell)
    if result is not None and standing not in UNKNOWN:
        place.heading("Run it", "run", 2, sought=False)
        snippet_tabs.run(place, evidence, shown)
        place.heading("What was checked", "checks", 2)
        if why := proof.why(result, standing):
            place.html(why)
        _checks(place, proof.checks(result, shown.deviations))
        if note := proof.layers(result):
            place.html(note)
    _others(place, evidence, shown)


def _lead(evidence: Evidence, shown: Snippet) -> Markup:
    title = evidence.title(shown.concept)
    framework = evidence.project.frameworks[shown.framework]
    guide = page_link(title, evidence.doc(shown.concept))
    own = page_link(framework.title, evidence.pages.get(framework.name))
    return element(
        "p", "The guide to ", guide, " says what this application is for. ",
        "This page has its code in ", own, ", how to start it, and what it answered.",
    )  # fmt: skip


def _checks(place: Place, checks: Iterable[proof.Shown]) -> None:
    """A place a check, whose name the address may have; its exchanges are folded."""
    items = ElementTree.SubElement(place.parent, "ol", {"class": "fg-checks"})
    for check in checks:
        attributes = {"class": classes("fg-check", check.standing), "id": check.anchor}
        item = place.inside(ElementTree.SubElement(items, "li", attributes))
        item.element(element("p", check.claim, class_="fg-check__claim"))
        item.html(check.body)


def _others(place: Place, evidence: Evidence, shown: Snippet) -> None:
    """The same concept elsewhere, and the framework's other concepts."""
    title = evidence.title(shown.concept)
    framework = evidence.project.frameworks[shown.framework].title
    same = [
        (spot.framework.title, spot)
        for spot in evidence.spots(shown.concept)
        if spot.doc and spot.framework.name != shown.framework
    ]
    own = [
        (row.title, spot)
        for row in evidence.rows
        for spot in row.spots
        if spot.doc and spot.framework.name == shown.framework and row.concept != shown.concept
    ]
    for heading, id, spots in (
        (f"{title} in other frameworks", "in-other-frameworks", same),
        (f"More in {framework}", "more", own),
    ):
        if spots:
            place.heading(heading, id, 2, sought=False)
            place.element(element("ul", *(_other(name, spot) for name, spot in spots)))


def _other(name: str, spot: Spot) -> Markup:
    """A link, and how that snippet stands."""
    words = WORDS[spot.standing]
    checked = (
        f"{words}, {checks_line(spot.result)}" if spot.result and spot.result.checks else words
    )
    return element("li", fragment(page_link(name, spot.doc), f": {checked}"))
