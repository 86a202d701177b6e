"""Footnotes: every mark has its note, and every note a mark."""

from __future__ import annotations

import pytest
from bounded import processor

from fieldguide.pages import footnotes


def misused(text: str) -> list[tuple[int | None, str]]:
    problems = footnotes.misused("docs/a.md", text)
    return [(problem.location.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "A claim.[^a]\n\n[^a]: The note.\n",
        "[^a]: The note.\n\nA claim.[^a] And again.[^a]\n",
        "[^a]: One, see [^b].\n[^b]: Two.\n\nA claim.[^a]\n",
        "In code: `[^a]`, ``[^`b]``, and escaped: \\[^c].\n",
        "```\n[^a]\n```\n",
    ],
)
def test_footnotes_that_fit(text: str) -> None:
    assert misused(text) == []


def test_a_mark_without_its_note_is_told_once() -> None:
    ((line, message),) = misused("A.\n\nB.[^a] C.[^a]\n\nD.[^a]\n")
    assert line == 3
    assert message.startswith("the mark [^a] has no note")


def test_a_note_that_no_mark_leads_to() -> None:
    ((line, message),) = misused("A.\n\n[^a]: Alone.\n")
    assert line == 3
    assert message == "no mark on this page leads to the note [^a]"


def test_a_line_of_backticks_is_looked_at_once() -> None:
    with processor():
        assert misused("`a" * 50_000 + "``b" * 30_000 + "[^a]\n\n[^a]: A\n") == []
