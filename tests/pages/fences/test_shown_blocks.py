"""What Python-Markdown makes of a page's fences: asked with the site's own extensions."""

from __future__ import annotations

import oracle
import pytest

from fieldguide.pages import includable
from fieldguide.pages.fences import shown_blocks, superfences


def test_the_extensions_are_those_of_the_site() -> None:
    """All but those that change neither where a block starts nor where it ends."""
    site = oracle.extensions()
    inline = {"toc", "pymdownx.highlight", "pymdownx.inlinehilite"}
    before = {"fieldguide", "pymdownx.snippets"}
    assert set(site) - inline - before == set(shown_blocks.EXTENSIONS)
    for name, options in shown_blocks.CONFIGS.items():
        assert options.items() <= site[name].items()
    assert site["pymdownx.superfences"] == {}
    assert site["pymdownx.snippets"]["dedent_subsections"] is True
    assert site["pymdownx.snippets"]["base_path"] == [base or "." for base in includable.BASES]


def read(text: str) -> shown_blocks.Blocks:
    return shown_blocks.read(superfences.normalise(text))


@pytest.mark.parametrize(
    ("before", "after", "visible"),
    [
        ("", "", True),
        ("- a\n\n", "", True),
        ("<!--\n", "-->\n", False),
        ("<div markdown>\n\n", "\n</div>\n", True),
    ],
)
def test_who_reads_the_page_sees_the_fence(before: str, after: str, visible: bool) -> None:
    blocks = read(f"{before}```py\nx\n```\n{after}")
    assert [candidate.source for candidate in blocks.candidates] == ["x"]
    assert (blocks.visible == {0}) is visible


def test_an_indented_code_block_takes_a_fence_back() -> None:
    blocks = read("Text.\n\n    ```py\n    x\n    ```\n")
    assert len(blocks.candidates) == 1
    assert blocks.visible == frozenset()


def test_marks_that_are_shown_as_text_are_strays() -> None:
    assert read("```py thon\nx\n").strays == (0,)
    assert read("<!--\n```py thon\n-->\n").strays == ()


def test_an_opening_that_is_given_up() -> None:
    (abandoned,) = read("- a\n\n    ```py\n    x\ny\n").abandoned
    assert (abandoned.start, abandoned.at) == (2, 4)
