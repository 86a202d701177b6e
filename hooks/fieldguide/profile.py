"""One framework on a page: versions, server, and how it stands in every concept. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .counting import Lines
from .model import Framework, Kind
from .render import install, kind_mark
from .text import safe


@dataclass(frozen=True, slots=True)
class Row:
    """One concept."""

    title: str
    doc: str | None
    """Its tab in its guide; the guide itself where there is no tab."""
    kind: Kind | None
    """None where no run has told yet, and for a gap."""
    cell: str
    """How it stands, as a cell of the table."""
    lines: Lines | None
    """Nothing where there is no snippet."""


def facts(framework: Framework, version: str, python: str) -> str:
    """What was verified, what serves it, where its documentation is, and how to install it."""
    told = [
        ("Verified with", f"{framework.title} {version}, Python {python}" if version else ""),
        ("Served in production by", framework.server),
    ]
    items = "".join(f"<dt>{key}</dt><dd>{safe(value)}</dd>" for key, value in told if value)
    link = f'<a href="{safe(framework.docs)}">{safe(framework.docs)}</a>'
    facts = f'<dl class="fg-facts">{items}<dt>Documentation</dt><dd>{link}</dd></dl>'
    return facts + (install({framework.distribution: version}) if version else "")


def table(framework: Framework, rows: Iterable[Row]) -> str:
    """Every concept: who does the work, how it stands, and how long the snippet is."""
    body = "".join(_row(row) for row in rows)
    caption = f"{framework.title}, concept by concept"
    heads = ("Concept", "Who does it", "How it stands", "Lines", "By hand")
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    return (
        f'<div class="fg-scroll" role="region" aria-label="{safe(caption)}">'
        f'<table class="fg-table fg-profile"><caption class="fg-unseen">{safe(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row) -> str:
    title = safe(row.title)
    if row.doc:
        title = f'<a href="" data-fg-doc="{safe(row.doc)}">{title}</a>'
    kind = kind_mark(row.kind) if row.kind else ""
    counts = (row.lines.all, row.lines.by_hand) if row.lines else ("", "")
    numbers = "".join(f"<td>{one}</td>" for one in counts)
    return f'<tr><th scope="row">{title}</th><td>{kind}</td>{row.cell}{numbers}</tr>'
