"""What the records of the tree know of themselves."""

from __future__ import annotations

from passes import SNIPPET

from fieldguide.model.tree import snippet_id


def test_a_snippet_has_its_id_and_its_folder() -> None:
    assert snippet_id("routing", "flask") == SNIPPET.id == "routing/flask"
    assert SNIPPET.folder == "snippets/routing/flask"
