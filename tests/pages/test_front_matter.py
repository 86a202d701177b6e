"""Front matter: what the host takes off the top of a page, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils import meta
from mkdocs.utils.meta import get_data

from fieldguide.pages import front_matter

SETTINGS = settings(max_examples=150, deadline=None, derandomize=True)


DOCS = Path(__file__).parents[2] / "docs"


PAGES = sorted(page for page in DOCS.rglob("*.md") if page.read_text("utf-8").startswith("---\n"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_the_front_matter_is_read(path: Path) -> None:
    text = path.read_text("utf-8")
    yaml.safe_load(text.split("---\n")[1])  # which says what is wrong; the host says nothing
    rest, found = get_data(text)
    assert found
    assert not rest.startswith("---")


@SETTINGS
@given(
    st.lists(
        st.sampled_from(
            [
                "---",
                "--- ",
                "...",
                "a: b",
                "c:",
                "    more",
                "\tmore",
                "",
                " ",
                "[a",
                "- x",
                "text",
                "k: ]",
            ]
        ),
        max_size=7,
    ).map("\n".join)
)
@example("---\na: b\n---\n\n\ntext")
def test_front_matter_is_what_mkdocs_takes_off(text: str) -> None:
    body, data = meta.get_data(text)
    assert "\n".join(text.split("\n")[front_matter.lines(text) :]) == body
    assert front_matter.data(text) == data
