"""The title of a page: what MkDocs shows, and what the engine says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from fieldguide.model import Location
from fieldguide.pages import front_matter, titles

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs" / "concepts").glob("*.md"))


def title_in_mkdocs(folder: Path, name: str) -> str | None:
    """The title that MkDocs gives a page, without the project's own extensions."""
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": "site",
            "docs_dir": str(folder),
            "markdown_extensions": ["attr_list"],
            "plugins": [],
        }
    )
    errors, _ = config.validate()
    assert not errors
    file = File(name, str(folder), str(folder / "site"), False)
    page = Page(None, file, config)
    page.read_source(config)
    page.render(config, Files([file]))
    title: str | None = page.title
    return title


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_the_title_of_a_guide_is_the_one_that_mkdocs_shows(path: Path) -> None:
    guide = Location(path.relative_to(ROOT).as_posix())
    assert titles.of_concept(ROOT, guide, "x") == title_in_mkdocs(path.parent, path.name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Routing\n", "Routing"),
        ("---\ntitle: A\n---\n# B\n", "A"),
        ("---\ntitle: 'A: b'\n---\n# B\n", "A: b"),
        ("---\ntags: [title]\n---\n\n# B {#c .d}\n", "B"),
        ("---\nmeta:\n  title: A\n---\n\n# B\n", "B"),
        ("Title: A\nDate: B\n\n# C\n", "A"),
        ("\r\n# A\r\n", "A"),
        ("```\n# A\n```\n\n# B\n", "Error pages"),
        ("text\n\n# B\n", "Error pages"),
        ("text\n", "Error pages"),
        ("", "Error pages"),
    ],
)
def test_a_title(tmp_path: Path, text: str, title: str) -> None:
    (tmp_path / "error-pages.md").write_bytes(text.encode("utf-8"))
    guide = Location("error-pages.md")
    assert titles.of_concept(tmp_path, guide, "error-pages") == title
    assert title_in_mkdocs(tmp_path, "error-pages.md") == title


def test_a_concept_without_a_guide_is_named_after_its_folder(tmp_path: Path) -> None:
    assert titles.of_concept(tmp_path, None, "error-pages") == "Error pages"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("---\na: [1]\n---\n", {"a": [1]}),
        ("---\n- a\n---\n", {}),
        ("A: b\n  c: d\na: e\n    f\n\nb: c\n", {"a": "b e f", "c": "d"}),
        ("# A\n", {}),
    ],
)
def test_what_the_front_matter_says(text: str, data: dict[str, object]) -> None:
    assert front_matter.data(text) == data


def test_headings_that_skip_a_level_and_a_second_title() -> None:
    """What stands in a fence is no heading, and from a deep level back up nothing is skipped."""
    text = "---\ntitle: A\n---\n# A\n\n## B\n\n#### C\n\n## D\n\n### E\n\n# F\n\n```sh\n# G\n```\n"
    found = [
        (each.location.line, each.message.partition(":")[0], each.next)
        for each in titles.misleveled("docs/a.md", text)
    ]
    assert found == [
        (8, "this heading has 4 signs #, and the one above it has 2", "begin it with ###"),
        (14, "a second title", "begin it with ## instead"),
    ]
    assert list(titles.misleveled("docs/a.md", "Text.\n\n### A\n\n#### B\n\n#no heading\n")) == []
