"""One framework on a page: versions, server, and how it stands in every concept. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .counting import Lines
from .matrix import MISSING, Spot, outcome
from .model import Framework
from .render import kind_mark
from .text import safe


@dataclass(frozen=True, slots=True)
class Row:
    """One concept."""

    title: str
    doc: str | None
    """Its guide, without an anchor."""
    spot: Spot
    lines: Lines | None
    """Nothing where there is no snippet."""


def facts(framework: Framework, version: str, python: str) -> str:
    """What was verified, what serves it, and where its documentation is."""
    told = [
        ("Verified with", f"{framework.title} {version}, Python {python}" if version else ""),
        ("Served in production by", framework.server),
    ]
    items = "".join(f"<dt>{key}</dt><dd>{safe(value)}</dd>" for key, value in told if value)
    link = f'<a href="{safe(framework.docs)}">{safe(framework.docs)}</a>'
    return f'<dl class="fg-facts">{items}<dt>Documentation</dt><dd>{link}</dd></dl>'


def table(framework: Framework, rows: Iterable[Row]) -> str:
    """Every concept: who does the work, how it stands, and how long the snippet is."""
    body = "".join(_row(row) for row in rows)
    caption = f"{framework.title}, concept by concept"
    heads = ("Concept", "Who does it", "Outcome", "Lines", "By hand")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    return (
        f'<div class="fg-scroll" role="region" aria-label="{safe(caption)}">'
        f'<table class="fg-table fg-profile"><caption class="fg-unseen">{safe(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    spot = row.spot
    doc = spot.doc or row.doc
    title = (
        f'<a href="" data-fg-doc="{safe(doc)}">{safe(row.title)}</a>' if doc else safe(row.title)
    )
    state, words = outcome(spot)
    kind = kind_mark(spot.kind) if spot.kind else ""
    counts = (row.lines.all, row.lines.by_hand) if row.lines else ("", "")
    numbers = "".join(f"<td>{one}</td>" for one in counts)
    if spot.standing == MISSING:
        words = "missing"
    return (
        f'<tr><th scope="row">{title}</th><td>{kind}</td>'
        f'<td class="fg-cell fg-cell--{state}">{safe(words)}</td>{numbers}</tr>'
    )
