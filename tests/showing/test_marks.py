"""Small marks of a page."""

from __future__ import annotations

from samples import FLASK

from fieldguide.model import Kind, Location, Problem
from fieldguide.showing.html import marks


def test_a_kind_has_a_class_of_its_own() -> None:
    third = marks.kind_mark(Kind.THIRD_PARTY)
    assert third == '<span class="fg-kind fg-kind--third-party">third party</span>'
    assert len({marks.kind_mark(kind) for kind in Kind}) == len(Kind)


def test_a_gap_leads_to_the_page_that_says_how_to_fill_it() -> None:
    assert marks.gap(FLASK) == (
        '<div class="fg-gap"><p>No Flask snippet yet. '
        '<a href="" data-fg-doc="about/contributing.md">Write it</a>.</p></div>'
    )


def test_a_problem_is_shown_as_it_is_told_in_a_terminal() -> None:
    shown = marks.problem(Problem(Location("docs/a.md", 3), "it is <b>", "mend it"))
    assert "<p>docs/a.md:3: it is &lt;b&gt;. Next: mend it.</p>" in shown
