"""One framework on a page: versions, server, and how it stands in every concept."""

from __future__ import annotations

from markupsafe import Markup

from ...base.html import tables
from ...base.html.markup import element, fragment, page_link
from ...environments.installed import normalise
from ...model import Framework
from ..evidence import Evidence, Row
from ..html.marks import kind_mark
from ..html.run_card import install
from .line_counts import lines
from .overview import cell


def facts(evidence: Evidence, framework: Framework) -> Markup:
    """What was verified, what serves it, where its documentation is, and how to install it."""
    number, python = _versions(evidence, framework)
    verified = f"{framework.title} {number}, Python {python}" if number else ""
    documentation = element("a", framework.docs, href=framework.docs)
    items = [
        ("Verified with", verified),
        ("Served in production by", framework.server),
        ("Documentation", documentation),
    ]
    pairs = (fragment(element("dt", name), element("dd", value)) for name, value in items if value)
    line = install({framework.distribution: number}) if number else None
    return fragment(element("dl", *pairs, class_="fg-facts"), line)


def table(evidence: Evidence, framework: Framework) -> Markup:
    """Every concept: who does the work, how it stands, and how long the snippet is."""
    column = list(evidence.project.frameworks).index(framework.name)
    return tables.table(
        f"{framework.title}, concept by concept",
        ("Concept", "Who does it", "How it stands", "Lines", "By hand"),
        (_row(row, column) for row in evidence.rows),
        classes="fg-table fg-profile",
    )


def _versions(evidence: Evidence, framework: Framework) -> tuple[str, str]:
    """The framework's version and that of Python, as last verified; empty where never."""
    environment = evidence.environment(framework.name)
    if environment is None:
        return "", ""
    own = normalise(framework.distribution)
    versions = (
        distribution.version
        for distribution in environment.distributions
        if normalise(distribution.name) == own
    )
    return next(versions, ""), environment.python_version


def _row(row: Row, column: int) -> Markup:
    spot = row.spots[column]
    counted = lines(spot.snippet.files) if spot.snippet else None
    numbers = (str(counted.all), str(counted.by_hand)) if counted else ("", "")
    cells = (
        element("td", kind_mark(spot.kind) if spot.kind else None),
        cell(spot),
        *(element("td", number) for number in numbers),
    )
    return tables.row(page_link(row.title, spot.doc or row.doc), cells)
