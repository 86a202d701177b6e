"""The extension finds its project, and starts each page anew."""

from __future__ import annotations

from pathlib import Path

from markdown import Markdown
from proven_site import convert
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
