"""The page that is being rendered: its path, its lines, and its links."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from fieldguide.model import Location
from fieldguide.showing import page


class Relpath(Treeprocessor):
    """Tells the page's path, as MkDocs does."""

    def __init__(self, md: Markdown, uri: str | None, path: Path | None) -> None:
        super().__init__(md)
        self.file = SimpleNamespace(src_uri=uri, abs_src_path=path and str(path))


def hosted(uri: str | None = "concepts/a.md", path: Path | None = None) -> Markdown:
    md = Markdown()
    md.treeprocessors.register(Relpath(md, uri, path), "relpath", 0)
    return md


def test_the_path_is_the_hosts_to_say() -> None:
    assert page.source(hosted()) == "concepts/a.md"
    assert page.source(hosted(None)) is None
    assert page.source(Markdown()) is None
    assert page.whole(hosted()) == Location("docs/concepts/a.md")
    assert page.whole(Markdown()) == Location("(a page)")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("::: totals\n", 1),
        ("---\ntitle: A\n---\n\n# A\n\n::: totals\n", 7),
        ("> -   ::: totals\n", 1),
        ("```\n::: totals\n```\n\n::: totals\n", 5),
        ("nothing\n", None),
    ],
)
def test_a_line_is_found_in_the_source(tmp_path: Path, text: str, line: int | None) -> None:
    path = tmp_path / "docs" / "concepts" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    place = Location("docs/concepts/a.md", line)
    assert page.locate(hosted(), tmp_path, "::: totals") == place
    assert page.locate(hosted(path=path), tmp_path, "::: totals") == place


def test_a_source_that_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    assert page.locate(hosted(), tmp_path, "x") == Location("docs/concepts/a.md")
    assert page.locate(Markdown(), tmp_path, "x") == Location("(a page)")


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("concepts/b.md", "b.md"),
        ("about/contributing.md#tests", "../about/contributing.md#tests"),
        ("index.md", "../index.md"),
    ],
)
def test_a_link_leads_from_the_pages_own_folder(target: str, href: str) -> None:
    root = page.element(f'<p><a href="" data-fg-doc="{target}">x</a> <a href="/y">y</a></p>')
    page.LinkTreeprocessor(hosted()).run(root)
    assert [link.attrib for link in root.iter("a")] == [{"href": href}, {"href": "/y"}]


def test_texts_of_finished_html_are_not_read_as_markdown() -> None:
    md = Markdown()
    md.treeprocessors["inline"].run(root := page.element("<p>a *b*<b>_c_</b>`d`</p>"))
    assert "".join(root.itertext()) == "a *b*_c_`d`"
