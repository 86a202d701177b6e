"""The files that pages are made of, and what is wrong with an include."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.model import Location
from fieldguide.pages import page_files
from fieldguide.pages.includable import Includable


def test_what_a_project_includes(tmp_path: Path) -> None:
    (tmp_path / "project" / "snippets").mkdir(parents=True)
    (tmp_path / "project" / "snippets" / "a.py").write_bytes(b"a\r\n")
    (tmp_path / "project" / "b.bin").write_bytes(b"\xff")
    (tmp_path / "outside.py").write_bytes(b"secret")
    include = page_files.including(Includable(tmp_path / "project"))
    assert include("a.py:part") == ("snippets/a.py", "a\r\n")
    assert include("snippets/a.py") == ("snippets/a.py", "a\r\n")
    for name in ("b.bin", "../outside.py", "missing.py", "snippets", ""):
        assert include(name) is None


def not_included(root: Path, name: str) -> list[tuple[str, int | None, str]]:
    found = page_files.not_included(Includable(root), name, Location("docs/a.md", 7))
    return [(problem.location.path, problem.location.line, problem.message) for problem in found]


def test_an_include_that_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    code = "# --8<-- [start:one]\nx\n# --8<-- [end:one]\n# --8<-- [start:two]\n"
    (tmp_path / "snippets/a.py").write_text(code)
    (tmp_path / "snippets/b.bin").write_bytes(b"\xff")
    assert not_included(tmp_path, "a.py") == []
    assert not_included(tmp_path, "a.py:one") == []
    for name, place, words in (
        ("c.py", ("docs/a.md", 7), "the include names c.py"),
        ("a.py:three", ("docs/a.md", 7), 'snippets/a.py has no section "three"'),
        ("a.py:two", ("snippets/a.py", 4), 'the section "two" starts here and never ends'),
        ("a.py:3:5", ("docs/a.md", 7), "the include a.py:3:5 names lines"),
        ("b.bin:one", ("snippets/b.bin", None), "is not UTF-8"),
    ):
        ((path, line, message),) = not_included(tmp_path, name)
        assert (path, line) == place, name
        assert words in message, name


def test_pages_are_read_in_order_and_whole(tmp_path: Path) -> None:
    (tmp_path / "docs/b").mkdir(parents=True)
    (tmp_path / "docs/b/c.md").write_bytes(b"\xef\xbb\xbfc\r\n")
    (tmp_path / "docs/a.md").write_bytes(b"a\n\xff\n")
    (tmp_path / "docs/d.md").mkdir()
    (tmp_path / "docs/e.txt").write_text("e")
    (tmp_path / "docs/b/f.markdown").write_text("f")
    (tmp_path / "docs/g.mkdn").write_text("g")
    collector = Problems()
    pages = list(page_files.read(collector, tmp_path))
    assert pages == [
        ("docs/a.md", "a\n\ufffd\n"),
        ("docs/b/c.md", "c\r\n"),
        ("docs/b/f.markdown", "f"),
        ("docs/g.mkdn", "g"),
    ]
    assert sorted((problem.location.path, problem.location.line or 0) for problem in collector) == [
        ("docs/a.md", 2),
        ("docs/d.md", 0),
    ]


PUBLISHED = ["docs/README.md", "docs/a.mdown", "docs/b/c.mkd", "docs/d/index.md"]
PASSED_OVER = (
    *("docs/.d.md", "docs/.ipynb_checkpoints/a.md", "docs/templates/b.md", "docs/d/README.md"),
    *("docs/out/x.md", "docs/b/draft.md", "docs/b/word.txt"),
)


def test_what_is_a_page_is_as_mkdocs_has_it(tmp_path: Path) -> None:
    for path in (*PUBLISHED, *PASSED_OVER):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    settings = "markdown_extensions: [toc: {slugify: !!python/name:os.system }]\n"
    settings += "exclude_docs: |\n  out/\n  /templates/\ndraft_docs: draft.md\n"
    (tmp_path / "mkdocs.yml").write_text(settings)
    assert [path.relative_to(tmp_path).as_posix() for path in page_files.pages(tmp_path)] == (
        PUBLISHED
    )


@pytest.mark.parametrize(
    "settings", ["", "[", "exclude_docs: [a]", "- x", "exclude_docs: '!'", "[" * 5_000, "a: \x00"]
)
def test_settings_that_say_nothing_exclude_nothing(settings: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("x")
    (tmp_path / "mkdocs.yml").write_text(settings)
    assert page_files.pages(tmp_path) == [tmp_path / "docs/a.md"]
