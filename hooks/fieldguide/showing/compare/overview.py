"""All snippets at once, as HTML: the table of verification, and the counts in one sentence."""

from __future__ import annotations

from markupsafe import Markup

from ...base.html import tables
from ...base.html.markup import element, page_link
from ...base.text import count
from ...model import Standing
from ..evidence import Evidence, Spot
from ..html.marks import CONTRIBUTING
from ..standing import HELD, WORDS, checks_line, classes


def cell(spot: Spot) -> Markup:
    """One concept in one framework, as a cell of a table."""
    words, standing = WORDS[spot.standing], spot.standing
    doc = CONTRIBUTING if standing is Standing.MISSING else spot.doc
    if spot.result and standing in (*HELD, Standing.FAILED):
        words = checks_line(spot.result)
    if standing is Standing.FAILED:
        words = f"failed: {words}"
    return element("td", page_link(words, doc), class_=classes("fg-cell", standing))


def table(evidence: Evidence) -> Markup:
    """Concept by framework."""
    titles = [framework.title for framework in evidence.project.frameworks.values()]
    rows = (
        tables.row(page_link(row.title, row.doc), map(cell, row.spots)) for row in evidence.rows
    )
    return tables.table("Verification, concept by framework", ("Concept", *titles), rows)


def totals(evidence: Evidence) -> Markup:
    """The generated counts in one sentence."""
    snippets = evidence.project.snippets.values()
    standings = [evidence.standing(snippet) for snippet in snippets]
    checks = sum(
        len(evidence.results[snippet.id].checks)
        for snippet, standing in zip(snippets, standings, strict=True)
        if snippet.id in evidence.results and standing is not Standing.STALE
    )
    frameworks = {snippet.framework for snippet in snippets}
    return sentence(len(evidence.concepts), len(frameworks), standings, checks)


def sentence(concepts: int, frameworks: int, standings: list[Standing], checks: int) -> Markup:
    """The counts in words: ``21 snippets of 3 concepts ...``; a standing a snippet."""
    whole = (
        f"{count(len(standings), 'snippet')} of {count(concepts, 'concept')} in "
        f"{count(frameworks, 'framework')}"
    )
    passed, deviate = standings.count(Standing.PASSED), standings.count(Standing.DEVIATES)
    other = len(standings) - passed - deviate
    parts = [f"{passed} verified"]
    if passed and passed == len(standings):
        parts = ["all verified" if passed > 1 else "verified"]
    parts += [f"{deviate} {'deviates' if deviate == 1 else 'deviate'}"] if deviate else []
    parts += [f"{other} not"] if other or not standings else []
    verdict = f"held to {count(checks, 'check')}: {', '.join(parts)}"
    return element("p", f"{whole}, {verdict}.", class_="fg-totals")
