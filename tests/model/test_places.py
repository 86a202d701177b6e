"""Places in a project."""

from __future__ import annotations

from fieldguide.model import Location


def test_a_place_knows_its_page_and_its_folder() -> None:
    page = Location("docs/concepts/routing.md", 3)
    assert (page.doc, page.folder) == ("concepts/routing.md", "docs/concepts")
    assert (Location("README.md").doc, Location("README.md").folder) == ("README.md", "")
