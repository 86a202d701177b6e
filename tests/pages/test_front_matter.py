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


UNFIT = {
    "title: a <script>": (2, '"title" of the front matter'),
    'x:\ntitle: a "b"': (2, 'the front matter has no "x"'),
    "title: [a]": (2, '"title" of the front matter'),
    "title: t\ndescription: 7": (3, '"description" of the front matter'),
    "hide: toc": (2, '"hide" of the front matter'),
    "hide: [comments]": (2, '"hide" of the front matter'),
    "search: 7": (2, '"search" of the front matter'),
    "search:\n  exclude: please": (2, '"search" of the front matter'),
    "template: ../../../etc/passwd": (2, '"template" of the front matter'),
    "title: t\ntemplate: redirect.html\nlocation: x": (3, '"template" of the front matter'),
    "titel: t": (2, 'no "titel"'),
    '"auth\\u202eor": x': (1, 'no "auth\\u202eor"'),
    "7: x": (2, 'no "7"'),
}


@pytest.mark.parametrize("yaml", UNFIT)
def test_what_the_theme_would_obey_is_told(yaml: str) -> None:
    line, words = UNFIT[yaml]
    first, *_ = front_matter.unfit("docs/a.md", f"---\n{yaml}\n---\n# A\n")
    assert (first.location.path, first.location.line) == ("docs/a.md", line)
    assert words in first.message


def test_pairs_without_marks_are_front_matter_too() -> None:
    first, *others = front_matter.unfit("docs/a.md", "title: a\nauthor: b\n\ntext\n")
    assert (first.location.line, others) == (2, [])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_the_pages_say_what_they_may(path: Path) -> None:
    assert list(front_matter.unfit("docs/a.md", path.read_text("utf-8"))) == []
