"""The reading lists are read again only when one of their files changes."""

from __future__ import annotations

import os
from pathlib import Path

from reading_lists import lay_out

from fieldguide.project.collect import collect
from fieldguide.reading.kept import KeptShelf, guides


def test_they_are_kept_until_a_file_changes(project: Path) -> None:
    collected, kept = collect(lay_out(project)), KeptShelf()
    first = kept.read(collected)
    assert kept.read(collected) is first
    checks = project / "docs/reading/checks.yml"
    os.utime(checks, (1, 1))
    second = kept.read(collected)
    assert second is not first
    assert second.catalogue == first.catalogue
    checks.unlink()
    assert kept.read(collected).catalogue.seen == {}


def test_they_are_kept_for_one_project(project: Path) -> None:
    kept = KeptShelf()
    first = kept.read(collect(lay_out(project)))
    assert kept.read(collect(project)) is not first


def test_a_concept_has_the_title_and_the_page_of_its_guide(project: Path) -> None:
    assert guides(collect(project)) == {"greeting": ("Greeting", "concepts/greeting.md")}
