"""The extension finds its project, and starts each page anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown
from proven_site import convert
from pymdownx.snippets import SnippetMissingError  # type: ignore[import-untyped]
from samples import store

from fieldguide.showing.extension import FieldGuideExtension, makeExtension


def test_python_markdown_makes_it_by_the_name_of_its_module(root: Path) -> None:
    store(root)
    configs = {"fieldguide.showing.extension": {"root": str(root)}}
    by_module = Markdown(extensions=["fieldguide.showing.extension"], extension_configs=configs)
    assert by_module.convert("::: totals") == convert(root, "::: totals")
    assert isinstance(makeExtension(root=str(root)), FieldGuideExtension)


def test_the_project_may_lie_above_the_folder_that_is_named(root: Path) -> None:
    store(root)
    assert convert(root / "docs" / "concepts", "::: totals") == convert(root, "::: totals")


def test_a_page_that_is_converted_again_has_its_anchors_again(root: Path) -> None:
    md = Markdown(extensions=[makeExtension(root=str(root))])
    first = md.convert("::: snippet routing/flask")
    assert 'id="routing-flask"' in first
    assert 'id="routing-flask"' not in md.convert("::: snippet routing/flask")
    assert 'id="routing-flask"' in md.reset().convert("::: snippet routing/flask")


@pytest.mark.parametrize(
    "page",
    [
        '--8<-- ".git/config"',
        "--8<--\n.git/config\n--8<--",
        '--8<-- "docs/concepts/around.md"',  # which includes it
        '--8<-- "snippets/../.git/config"',
    ],
)
def test_a_page_includes_nothing_that_is_not_for_everybody(root: Path, page: str) -> None:
    store(root)
    (root / ".git").mkdir()
    (root / ".git/config").write_text("SECRET")
    (root / "docs/concepts/around.md").write_text('before\n\n--8<-- ".git/config"\n')
    snippets = {"base_path": [str(root / "snippets"), str(root)], "check_paths": True}
    configs: dict[str, dict[str, Any]] = {
        "fieldguide": {"root": str(root)},
        "pymdownx.snippets": snippets,
    }
    md = Markdown(extensions=["fieldguide", "pymdownx.snippets"], extension_configs=configs)
    with pytest.raises(SnippetMissingError):
        md.convert(page)
    (root / "docs/concepts/around.md").write_text("SHOWN\n")
    assert "SHOWN" in md.reset().convert('--8<-- "docs/concepts/around.md"')
