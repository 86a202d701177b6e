"""All snippets at once, as HTML: the table and the counts. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Framework, Result
from .render import CONTRIBUTING, WORDS, checks_line
from .text import count, safe


def cell(standing: str, result: Result | None, doc: str | None) -> str:
    """One snippet in the table of all; ``doc`` is where it stands, with its anchor."""
    passed = result is not None and standing in ("passed", "failed")
    words = checks_line(result) if passed and result else WORDS.get(standing, standing)
    if standing == "failed":
        words = f"failed: {words}"
    if standing == "passed" and result and any(check.deviation for check in result.checks):
        standing = "deviates"
    inner = f'<a href="" data-fg-doc="{safe(doc)}">{safe(words)}</a>' if doc else safe(words)
    return f'<td class="fg-cell fg-cell--{standing}">{inner}</td>'


def missing_cell() -> str:
    """The table's cell of a snippet that nobody has written."""
    return (
        '<td class="fg-cell fg-cell--missing">'
        f'<a href="" data-fg-doc="{CONTRIBUTING}">missing</a></td>'
    )


def impossible_cell(doc: str | None) -> str:
    """The table's cell of what is declared as not possible; ``doc`` is where it says why."""
    words = f'<a href="" data-fg-doc="{safe(doc)}">not possible</a>' if doc else "not possible"
    return f'<td class="fg-cell fg-cell--impossible">{words}</td>'


def table(
    frameworks: Iterable[Framework], rows: Iterable[tuple[str, str | None, Iterable[str]]]
) -> str:
    """Concept by framework; a row is the concept's title, its guide and its cells."""
    heads = "".join(f'<th scope="col">{safe(framework.title)}</th>' for framework in frameworks)
    body = "".join(
        '<tr><th scope="row">'
        + (f'<a href="" data-fg-doc="{safe(doc)}">{safe(title)}</a>' if doc else safe(title))
        + f"</th>{''.join(cells)}</tr>"
        for title, doc, cells in rows
    )
    return (
        '<div class="fg-scroll"><table class="fg-table"><thead><tr>'
        f'<th scope="col">Concept</th>'
        f"{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def totals(concepts: int, frameworks: int, standings: list[str], checks: int) -> str:
    """The generated counts in one sentence."""
    whole = (
        f"{count(len(standings), 'snippet')} of {count(concepts, 'concept')} in "
        f"{count(frameworks, 'framework')}"
    )
    passed = standings.count("passed")
    held = f"held to {count(checks, 'check')}"
    if standings and passed == len(standings):
        verdict = f"{held}: all verified" if passed > 1 else f"{held}: verified"
    else:
        verdict = f"{held}: {passed} verified, {len(standings) - passed} not"
    return f'<p class="fg-totals">{whole}, {verdict}.</p>'
