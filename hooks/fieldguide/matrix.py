"""The matrix, concept by framework: who does the work, and how it stands. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .model import Framework, Kind
from .overview import missing_cell
from .render import WORDS, kind_mark
from .text import safe

MEANINGS = {
    Kind.CORE: "The framework does it, with what it installs itself.",
    Kind.OFFICIAL: "A distribution of the framework's own organisation does it.",
    Kind.THIRD_PARTY: "A distribution of somebody else does it, or a part of it.",
    Kind.BY_HAND: "The snippet does it in its own lines.",
    Kind.NOT_POSSIBLE: "There is no snippet, and the page says why.",
}
"""What a reader is told of each kind."""

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Spot:
    """One concept in one framework, as the matrix shows it."""

    kind: Kind | None
    """None where no run has told yet."""
    standing: str
    """As the class names write it; `MISSING` for a gap."""
    doc: str | None
    """Where it stands, with its anchor."""
    deviates: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One concept."""

    title: str
    doc: str | None
    spots: Sequence[Spot]
    """One a framework, in their order."""


def table(frameworks: Sequence[Framework], rows: Sequence[Row], pages: Mapping[str, str]) -> str:
    """The matrix; ``pages`` are those of the frameworks that have one, by their names."""
    body = "".join(
        f'<tr><th scope="row">{_link(row.title, row.doc)}</th>'
        f"{''.join(_cell(spot) for spot in row.spots)}</tr>"
        for row in rows
    )
    heads = [_link(one.title, pages.get(one.name)) for one in frameworks]
    return _table("fg-matrix", "Concept", heads, body, "Concept by framework")


def counts(frameworks: Sequence[Framework], rows: Sequence[Row]) -> str:
    """How many snippets of each kind a framework has."""
    each = [Counter(_word(row.spots[n]) for row in rows) for n in range(len(frameworks))]
    words = [*Kind, *(word for word in ("not told yet", MISSING) if any(word in c for c in each))]
    body = "".join(
        f'<tr><th scope="row">{_marked(word)}</th>'
        f"{''.join(f'<td>{counted[word]}</td>' for counted in each)}</tr>"
        for word in words
    )
    heads = [safe(one.title) for one in frameworks]
    return _table("fg-counts", "Kind", heads, body, "Snippets of each kind, by framework")


def legend() -> str:
    """What the kinds and the signs mean."""
    items = "".join(f"<dt>{kind_mark(kind)}</dt><dd>{MEANINGS[kind]}</dd>" for kind in Kind)
    return f'<dl class="fg-legend">{items}</dl>'


def _word(spot: Spot) -> str:
    if spot.standing == MISSING:
        return MISSING
    return spot.kind or "not told yet"


def _marked(word: str) -> str:
    return kind_mark(Kind(word)) if word in list(Kind) else safe(word)


def _cell(spot: Spot) -> str:
    """The kind, and under it the outcome."""
    if spot.standing == MISSING:
        return missing_cell()
    state, words = _outcome(spot)
    inner = f'<span class="fg-cell__outcome">{safe(words)}</span>'
    inner = f"{kind_mark(spot.kind)} {inner}" if spot.kind else inner
    if spot.doc:
        inner = f'<a href="" data-fg-doc="{safe(spot.doc)}">{inner}</a>'
    return f'<td class="fg-cell fg-cell--{state}">{inner}</td>'


def _outcome(spot: Spot) -> tuple[str, str]:
    """How a snippet stands, as the class names write it and in words."""
    if spot.kind is Kind.NOT_POSSIBLE:
        return "impossible", "the tab says why"
    if spot.deviates and spot.standing == "passed":
        return "deviates", "deviates"
    return spot.standing, WORDS.get(spot.standing, spot.standing)


def _link(text: str, doc: str | None) -> str:
    return f'<a href="" data-fg-doc="{safe(doc)}">{safe(text)}</a>' if doc else safe(text)


def _table(name: str, corner: str, heads: Iterable[str], body: str, caption: str) -> str:
    columns = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<div class="fg-scroll" role="region" aria-label="{safe(caption)}">'
        f'<table class="fg-table {name}"><caption class="fg-unseen">{safe(caption)}</caption>'
        f'<thead><tr><th scope="col">{corner}</th>{columns}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
