"""Concept by framework: kinds, standings and counts."""

from __future__ import annotations

import re
from html import unescape

from samples import check, deviating, evidence_of, result

from fieldguide.showing.compare.matrix import counts, table


def rows(html: str) -> list[list[str]]:
    """The cells of every row of every table, as text."""
    return [
        [
            " ".join(unescape(re.sub("<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)
    ]


def test_a_declared_deviation_is_shown_in_the_matrix() -> None:
    html = table(evidence_of(result(check(), deviating())))
    assert "fg-cell--deviates" in html
    assert rows(html)[1] == ["Routing", "core deviates"]


def test_a_snippet_that_no_run_has_told_of_is_counted_apart() -> None:
    counted = rows(counts(evidence_of(None)))
    assert counted[-1] == ["not told yet", "1"]
