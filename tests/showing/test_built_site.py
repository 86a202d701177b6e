"""Proofs wait outside while a page is indexed, and are missed where they are not on a page."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from bounded import processor
from samples import evidence_of

from fieldguide.model import Location
from fieldguide.project.record import Project
from fieldguide.showing import built_site
from fieldguide.showing.built_site import put_back, set_aside, unproven
from fieldguide.showing.html.proof import PROOF

FIRST, SECOND = (f"{PROOF[0]}{inner}{PROOF[1]}" for inner in ("<p>1\n</p>", "<p>2</p>"))


def test_proofs_are_set_aside_and_put_back() -> None:
    page = f"<h1>A</h1>{FIRST}<p>between</p>{SECOND}"
    without, proofs = set_aside(page)
    assert without == "<h1>A</h1><!--fg-proof-0--><p>between</p><!--fg-proof-1-->"
    assert proofs == ("<p>1\n</p>", "<p>2</p>")
    assert put_back(without, proofs) == "<h1>A</h1><p>1\n</p><p>between</p><p>2</p>"


def test_what_stands_in_a_proof_is_not_read_again() -> None:
    page = f"{PROOF[0]}<!--fg-proof-1-->\\1{PROOF[1]}{SECOND}"
    assert put_back(*set_aside(page)) == "<!--fg-proof-1-->\\1<p>2</p>"


def test_a_page_without_proofs_stays_as_it_is() -> None:
    assert set_aside("<p>x</p>") == ("<p>x</p>", ())
    assert put_back("<p>x</p>", ()) == "<p>x</p>"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one guide."""
    guide = tmp_path / "docs" / "concepts" / "routing.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("# Routing\n", "utf-8")
    place = Location("docs/concepts/routing.md", 1)
    return replace(evidence_of(None).project, root=tmp_path, guides={"routing": place})


def missing(project: Project, html: str, path: str, directory_urls: bool = True) -> list[str]:
    """What is said of a built site with one page."""
    site = project.root / "site"
    (site / path).parent.mkdir(parents=True)
    (site / path).write_text(html, "utf-8")
    problems = unproven(project, site, project.root / "docs", directory_urls)
    return [problem.message for problem in problems]


@pytest.mark.parametrize("name", ["fg-proof fg-proof--passed", "fg-gap"])
def test_a_guide_with_proof_or_gap_is_fine(project: Project, name: str) -> None:
    assert missing(project, f'<p class="{name}">', "concepts/routing/index.html") == []


@pytest.mark.parametrize("html", ["", '<p class="fg-proofs">', "::: snippets routing"])
@pytest.mark.parametrize(
    ("path", "directory_urls"),
    [("concepts/routing/index.html", True), ("concepts/routing.html", False)],
)
def test_a_guide_without_proof_is_told(
    project: Project, html: str, path: str, directory_urls: bool
) -> None:
    words = f"{path} was built without proof: the directive was not expanded"
    assert missing(project, html, path, directory_urls) == [words]


def test_a_page_that_the_host_left_out_needs_none(project: Project) -> None:
    assert missing(project, "", "other/index.html") == []


def test_a_guide_outside_of_the_docs_folder_is_none_of_the_hosts(project: Project) -> None:
    outside = replace(project, guides={"routing": Location("README.md", 1)})
    assert missing(outside, "", "README/index.html") == []


def test_marks_that_a_page_brings_itself_stay() -> None:
    page = f"<!--fg-proof-7--><!--fg-proof-{'9' * 5_000}-->{PROOF[0]}a{FIRST}{PROOF[0]}"
    assert put_back(*set_aside(page)) == page.replace(FIRST, "<p>1\n</p>")


def test_proofs_that_never_end_are_looked_at_once() -> None:
    page = PROOF[0] * 200_000
    with processor():
        assert set_aside(page) == (page, ())


def test_a_folder_for_the_site_is_there_or_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(built_site.unwritable(tmp_path / "a" / "site")) == []
    (tmp_path / "file").touch()
    assert len(list(built_site.unwritable(tmp_path / "file" / "site"))) == 1
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    (problem,) = built_site.unwritable(tmp_path)
    assert problem.message == f"the site's folder cannot be written: {tmp_path}"
    assert "--site-dir" in problem.next
