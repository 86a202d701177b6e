"""What is done by hand, as plots and tables. Pure functions.

A plot is an SVG of its own: bars in per cent of its width and text in the size of the page, so
that it fits every window, and colours that are those of the text around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .counting import Lines, total
from .model import Framework, Kind
from .render import kind_mark
from .text import count, safe

_ROW, _BAR = 34, 7
"""The height of a row and of its bar, in pixels."""

_NUMBERS = ("Lines", "By hand", "Installed")
"""The heads of the columns that every table has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One snippet, or all snippets of a framework."""

    framework: Framework
    lines: Lines
    distributions: frozenset[str] | None
    """What has to be installed; None where no run has told yet."""
    kind: Kind | None = None
    snippets: int = 1
    doc: str | None = None
    """Where it stands, with its anchor."""


def order(bars: Iterable[Bar]) -> list[Bar]:
    """The fewest lines by hand first, then the fewest lines, then the fewest distributions."""
    return sorted(
        bars, key=lambda bar: (bar.lines.by_hand, bar.lines.all, len(bar.distributions or ()))
    )


def together(framework: Framework, bars: Iterable[Bar]) -> Bar:
    """All snippets of one framework."""
    every = list(bars)
    known = [bar.distributions for bar in every if bar.distributions is not None]
    return Bar(
        framework,
        total(bar.lines for bar in every),
        frozenset().union(*known) if known else None,
        snippets=len(every),
    )


def totals(bars: Sequence[Bar]) -> str:
    """All concepts together: a bar and a row a framework."""
    heads = ("Snippets", *_NUMBERS)
    rows = [
        (
            bar,
            str(bar.snippets),
            str(bar.lines.all),
            str(bar.lines.by_hand),
            _number(bar),
        )
        for bar in bars
    ]
    what = "All concepts together"
    longest = max((bar.lines.all for bar in bars), default=0)
    return _beside(plot("all", what, bars, longest), _table(what, heads, rows))


def concept(name: str, title: str, bars: Sequence[Bar], longest: int) -> str:
    """One concept: a bar and a row a framework; ``longest`` is the longest bar of all concepts."""
    heads = ("Kind", *_NUMBERS)
    rows = [
        (
            bar,
            kind_mark(bar.kind) if bar.kind else "?",
            str(bar.lines.all),
            str(bar.lines.by_hand),
            _number(bar),
        )
        for bar in bars
    ]
    return _beside(plot(name, title, bars, longest), _table(title, heads, rows))


def plot(name: str, title: str, bars: Sequence[Bar], longest: int) -> str:
    """The bars, each with its framework and its numbers over it."""
    said = "; ".join(
        f"{bar.framework.title} {bar.lines.by_hand} of {bar.lines.all}" for bar in bars
    )
    rows = "".join(_bar(number, bar, longest) for number, bar in enumerate(bars))
    ids = f"by-hand-{name}-title by-hand-{name}-desc"
    return (
        f'<svg class="fg-plot" width="100%" height="{_ROW * len(bars)}" role="img" '
        f'aria-labelledby="{safe(ids)}">'
        f'<title id="by-hand-{safe(name)}-title">{safe(title)}: lines by hand</title>'
        f'<desc id="by-hand-{safe(name)}-desc">Lines written by hand, of all lines of the '
        f"snippets: {safe(said)}.</desc>{rows}</svg>"
    )


def _bar(number: int, bar: Bar, longest: int) -> str:
    top = number * _ROW
    rect = f'<rect x="0" y="{top + 20}" height="{_BAR}"'
    return (
        f'<text x="0" y="{top + 14}">{safe(bar.framework.title)}</text>'
        f'<text x="100%" y="{top + 14}" text-anchor="end">'
        f"{bar.lines.by_hand} of {count(bar.lines.all, 'line')}</text>"
        f'{rect} class="fg-plot__all" width="{_share(bar.lines.all, longest)}"/>'
        f'{rect} class="fg-plot__by-hand" width="{_share(bar.lines.by_hand, longest)}"/>'
    )


def _share(number: int, longest: int) -> str:
    return f"{100 * number / longest:.2f}%" if longest else "0%"


def _number(bar: Bar) -> str:
    return "?" if bar.distributions is None else str(len(bar.distributions))


def _table(caption: str, heads: Iterable[str], rows: Iterable[tuple[Bar, *tuple[str, ...]]]) -> str:
    names = "".join(f'<th scope="col">{head}</th>' for head in ("Framework", *heads))
    body = "".join(
        f'<tr><th scope="row">{_framework(bar)}</th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for bar, *cells in rows
    )
    return (
        f'<div class="fg-scroll" role="region" aria-label="{safe(caption)}, as a table">'
        f'<table class="fg-table fg-numbers"><caption class="fg-unseen">{safe(caption)}</caption>'
        f"<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _framework(bar: Bar) -> str:
    title = safe(bar.framework.title)
    return f'<a href="" data-fg-doc="{safe(bar.doc)}">{title}</a>' if bar.doc else title


def _beside(left: str, right: str) -> str:
    return f'<div class="fg-beside">{left}{right}</div>'
