"""The matrix, concept by framework: who does the work, and how it stands."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from ...base.html import tables
from ...base.html.markup import element, fragment, page_link
from ...model import Kind, Standing
from ..evidence import Evidence, Spot
from ..html.marks import kind_mark
from ..standing import WORDS, classes
from .overview import cell

MEANINGS = {
    Kind.CORE: "The framework does it, with what it installs itself.",
    Kind.OFFICIAL: "A distribution of the framework's own organisation does it.",
    Kind.THIRD_PARTY: "A distribution of somebody else does it, or a part of it.",
    Kind.BY_HAND: "The snippet does it in its own lines.",
    Kind.NOT_POSSIBLE: "There is no snippet, and the page says why.",
}
"""What a reader is told of each kind."""

_UNKNOWN, _MISSING = "not told yet", "missing"
"""The rows of the counts after those of the kinds, only where something is counted in them."""


def table(evidence: Evidence) -> Markup:
    """The kind and the standing of every concept in every framework."""
    pages = evidence.pages
    heads = [
        page_link(framework.title, pages.get(framework.name))
        for framework in evidence.project.frameworks.values()
    ]
    rows = (
        tables.row(page_link(row.title, row.doc), map(_cell, row.spots)) for row in evidence.rows
    )
    columns = ("Concept", *heads)
    return tables.table("Concept by framework", columns, rows, classes="fg-table fg-matrix")


def counts(evidence: Evidence) -> Markup:
    """How many snippets of each kind a framework has."""
    frameworks, rows = list(evidence.project.frameworks.values()), evidence.rows
    each = [Counter(_word(row.spots[place]) for row in rows) for place in range(len(frameworks))]
    rest = [word for word in (_UNKNOWN, _MISSING) if any(word in counted for counted in each)]
    heads: list[tuple[str, str]] = [(kind, kind_mark(kind)) for kind in Kind]
    heads += [(word, word) for word in rest]
    return tables.table(
        "Snippets of each kind, by framework",
        ("Kind", *(framework.title for framework in frameworks)),
        (
            tables.row(head, (element("td", str(counted[word])) for counted in each))
            for word, head in heads
        ),
        classes="fg-table fg-counts",
    )


def legend() -> Markup:
    """What the kinds and the signs mean."""
    items = (
        fragment(element("dt", kind_mark(kind)), element("dd", MEANINGS[kind])) for kind in Kind
    )
    return element("dl", *items, class_="fg-legend")


def _word(spot: Spot) -> str:
    """What a spot is counted as."""
    if spot.standing is Standing.MISSING:
        return _MISSING
    return spot.kind or _UNKNOWN


def _cell(spot: Spot) -> Markup:
    """The kind, and under it the outcome."""
    if spot.standing is Standing.MISSING:
        return cell(spot)
    standing, words = _outcome(spot)
    outcome = element("span", words, class_="fg-cell__outcome")
    inner = fragment(kind_mark(spot.kind), " ", outcome) if spot.kind else outcome
    return element("td", page_link(inner, spot.doc), class_=classes("fg-cell", standing))


def _outcome(spot: Spot) -> tuple[Standing, str]:
    """How a snippet stands, in words too."""
    if spot.standing is Standing.IMPOSSIBLE:
        return Standing.IMPOSSIBLE, "the tab says why"
    return spot.standing, WORDS[spot.standing]
