"""What is done by hand, as plots and tables.

A plot is an SVG of its own: bars in per cent of its width and text in the size of the page, so
that it fits every window, and colours that are those of the text around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...base.html import tables
from ...base.html.markup import element, fragment, page_link
from ...base.text import count
from ...environments import providers
from ...environments.installed import normalise
from ...model import Framework, Kind
from ..evidence import Evidence, Spot
from ..html.marks import kind_mark
from .line_counts import Lines, lines, total

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
    """What has to be installed; None where no run has found out yet."""
    kind: Kind | None = None
    snippets: int = 1
    doc: str | None = None
    """The snippet's tab, as a path in the docs folder with the anchor."""


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


def bars(evidence: Evidence, concept: str) -> list[Bar]:
    """A bar a snippet of a concept, in the order of the frameworks."""
    return [
        Bar(
            spot.framework,
            lines(spot.snippet.files),
            _installed(evidence, spot),
            spot.kind,
            doc=spot.doc,
        )
        for spot in evidence.spots(concept)
        if spot.snippet
    ]


def _installed(evidence: Evidence, spot: Spot) -> frozenset[str] | None:
    """What has to be installed for a snippet, the server that serves it not counted."""
    environment = evidence.environment(spot.framework.name)
    if environment is None or spot.result is None or not spot.result.versions:
        return None
    framework = spot.framework
    server = {normalise(framework.server)} - {normalise(framework.distribution)}
    return providers.needed(set(spot.result.versions) - server, environment.distributions)


def totals(evidence: Evidence) -> Markup:
    """All concepts together: a bar and a row a framework."""
    every = [bar for concept in evidence.concepts for bar in bars(evidence, concept)]
    summed = [
        together(framework, [bar for bar in every if bar.framework == framework])
        for framework in evidence.project.frameworks.values()
    ]
    ordered = order(bar for bar in summed if bar.snippets)
    title = "All concepts together"
    longest = max((bar.lines.all for bar in ordered), default=0)
    rows = [(bar, str(bar.snippets)) for bar in ordered]
    return _beside(plot("all", title, ordered, longest), _table(title, "Snippets", rows))


def concepts(evidence: Evidence) -> Iterator[tuple[str, str, Markup]]:
    """Every concept with its title: a bar and a row a framework.

    The longest bar of all concepts is as wide as its plot.
    """
    every = {concept: order(bars(evidence, concept)) for concept in evidence.concepts}
    longest = max((bar.lines.all for ordered in every.values() for bar in ordered), default=0)
    for concept, ordered in every.items():
        title = evidence.title(concept)
        rows = [(bar, kind_mark(bar.kind) if bar.kind else "?") for bar in ordered]
        shown = _beside(plot(concept, title, ordered, longest), _table(title, "Kind", rows))
        yield concept, title, shown


def plot(name: str, title: str, bars: Sequence[Bar], longest: int) -> Markup:
    """The bars, each with its framework and its numbers over it."""
    numbers = "; ".join(
        f"{bar.framework.title} {bar.lines.by_hand} of {bar.lines.all}" for bar in bars
    )
    about = f"Lines written by hand, of all lines of the snippets: {numbers}."
    names = f"by-hand-{name}-title", f"by-hand-{name}-desc"
    return element(
        "svg",
        element("title", f"{title}: lines by hand", id=names[0]),
        element("desc", about, id=names[1]),
        *(_bar(number, bar, longest) for number, bar in enumerate(bars)),
        class_="fg-plot",
        width="100%",
        height=_ROW * len(bars),
        role="img",
        aria_labelledby=" ".join(names),
    )


def _bar(number: int, bar: Bar, longest: int) -> Markup:
    top = number * _ROW
    words = f"{bar.lines.by_hand} of {count(bar.lines.all, 'line')}"
    return fragment(
        element("text", bar.framework.title, x=0, y=top + 14),
        element("text", words, x="100%", y=top + 14, text_anchor="end"),
        _rect("fg-plot__all", top, bar.lines.all, longest),
        _rect("fg-plot__by-hand", top, bar.lines.by_hand, longest),
    )


def _rect(name: str, top: int, number: int, longest: int) -> Markup:
    width = f"{100 * number / longest:.2f}%" if longest else "0%"
    return element("rect", x=0, y=top + 20, height=_BAR, class_=name, width=width)


def _table(caption: str, first: str, rows: Iterable[tuple[Bar, str]]) -> Markup:
    """A row a bar, with what its first column holds."""
    return tables.table(
        caption,
        ("Framework", first, *_NUMBERS),
        (
            tables.row(
                page_link(bar.framework.title, bar.doc),
                (element("td", cell) for cell in (content, *_numbers(bar))),
            )
            for bar, content in rows
        ),
        classes="fg-table fg-numbers",
        label=f"{caption}, as a table",
    )


def _numbers(bar: Bar) -> tuple[str, str, str]:
    """The cells under `_NUMBERS`."""
    installed = "?" if bar.distributions is None else str(len(bar.distributions))
    return str(bar.lines.all), str(bar.lines.by_hand), installed


def _beside(left: Markup, right: Markup) -> Markup:
    return element("div", left, right, class_="fg-beside")
