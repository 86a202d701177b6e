"""The files that pages are made of, and what is wrong with an include."""

from __future__ import annotations

from pathlib import Path

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
    collector = Problems()
    pages = list(page_files.read(collector, tmp_path))
    assert pages == [("docs/a.md", "a\n\ufffd\n"), ("docs/b/c.md", "c\r\n")]
    assert [(problem.location.path, problem.location.line) for problem in collector] == [
        ("docs/a.md", 2),
        ("docs/d.md", None),
    ]
