"""The pages that finding fences is measured on."""

from __future__ import annotations

from bench.fences import pages, scanning
from fieldguide.pages.fences.scan import scan


def test_the_pages_are_the_same_each_time() -> None:
    assert list(pages(3)) == list(pages(3))
    assert len(set(pages(3))) == 3


def test_a_page_has_a_dozen_fences_that_are_run() -> None:
    (page,) = pages(1)
    fences = scan("docs/page.md", page).fences
    assert len(fences) == 12
    assert {fence.options.group for fence in fences} == {"forms"}


def test_the_figures_are_one_line() -> None:
    (line,) = scanning(1, 2)
    assert line.startswith("fences of 2 pages found in ")
    assert "12 a page" in line
