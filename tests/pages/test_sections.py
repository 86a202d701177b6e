"""Sections: cut, strip, and the problems of markers."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymdownx.snippets import SnippetPreprocessor  # type: ignore[import-untyped]

from fieldguide.base.problems import Problems, line
from fieldguide.model import Location
from fieldguide.pages import sections

FILE = """\
import web

# --8<-- [start:app]
class App:
    # --8<-- [start:get]
    def get(self):
        return "x"
    # --8<-- [end:get]
# --8<-- [end:app]
"""

COMMENTS = [
    ("# ", ""),
    ("// ", ""),
    ("<!-- ", " -->"),
    ("{# ", " #}"),
    ("{% comment %} ", " {% endcomment %}"),
    ("/* ", " */"),
    ("%# ", ""),
    ("$# ", ""),
    ("## ", ""),
    ("    -- ", ""),
]


def cut(text: str, name: str) -> str | None:
    """A section's lines without their common indentation; None where it has a problem."""
    numbers = sections.lines(Problems(), text, name, "f")
    if numbers is None:
        return None
    lines = text.splitlines(keepends=True)
    return textwrap.dedent("".join(lines[number - 1] for number in numbers))


@pytest.mark.parametrize(("opens", "closes"), COMMENTS)
def test_a_marker_stands_in_any_comment(opens: str, closes: str) -> None:
    text = (
        f"a\n{opens}--8<-- [start:part]{closes}\n  b\n    c\n{opens}--8<-- [end:part]{closes}\nd\n"
    )
    assert cut(text, "part") == "b\n  c\n"
    assert sections.strip(text) == "a\n  b\n    c\nd\n"
    assert list(sections.misused(text, "f")) == []


def test_a_section_in_a_section_keeps_its_lines_and_loses_its_markers() -> None:
    assert cut(FILE, "app") == 'class App:\n    def get(self):\n        return "x"\n'
    assert cut(FILE, "get") == 'def get(self):\n    return "x"\n'
    assert sections.names(FILE) == ["app", "get"]


def test_a_file_without_markers_is_unchanged() -> None:
    assert sections.strip("a\r\nb") == "a\r\nb"


def test_an_escaped_marker_is_text() -> None:
    text = "# ;--8<-- [start:x]\n"
    assert sections.strip(text) == text
    assert sections.names(text) == []


def test_a_missing_section_names_the_place_that_asks_and_what_there_is() -> None:
    asked = Location("docs/concepts/routing.md", 41)
    collector = Problems()
    assert sections.lines(collector, FILE, "ap", "routing/webpy/app.py", asked) is None
    (problem,) = collector
    assert problem.location == asked
    assert line(problem).startswith(
        'docs/concepts/routing.md:41: routing/webpy/app.py has no section "ap" '
        '(did you mean "app"?); it has: app, get. Next: '
    )


def test_an_unclosed_section_is_located_at_its_start() -> None:
    collector = Problems()
    text = "a\n# --8<-- [start:x]\nb\n"
    assert sections.lines(collector, text, "x", "snippets/a/b/app.py") is None
    assert [problem.location for problem in collector] == [Location("snippets/a/b/app.py", 2)]


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("# --8<-- [start:x]\n", 1, "never ends"),
        ("# --8<-- [end:x]\n", 1, "never started"),
        (
            "# --8<-- [start:x]\n# --8<-- [end:x]\n# --8<-- [start:x]\n# --8<-- [end:x]\n",
            3,
            "a second section",
        ),
    ],
)
def test_wrong_markers_are_problems(text: str, at: int, words: str) -> None:
    (problem,) = sections.misused(text, "f.py")
    assert problem.location == Location("f.py", at)
    assert words in problem.message


PIECE = st.sampled_from(
    ["a", "    b", "", "# --8<-- [start:x]", "# --8<-- [end:x]", "# --8<-- [start:y]", "# 8<"]
)


@given(st.lists(PIECE, max_size=12))
def test_a_cut_is_what_pymdownx_shows(pieces: list[str]) -> None:
    """Whatever is cut here is cut alike where the page is rendered."""
    text = "".join(f"{piece}\n" for piece in pieces)
    host = SnippetPreprocessor.__new__(SnippetPreprocessor)
    host.dedent_subsections, host.check_paths = True, False
    ours = cut(text, "x")
    if ours is None:
        return
    shown = host.extract_section("x", text.splitlines())
    assert ours.rstrip("\n") == "\n".join(shown).rstrip("\n")


def test_every_file_of_the_project_has_sound_markers() -> None:
    root = Path(__file__).parents[2]
    for path in (root / "snippets").rglob("*"):
        if path.is_file() and path.suffix in (".py", ".html", ".tpl", ".jinja2"):
            shown = path.relative_to(root).as_posix()
            assert list(sections.misused(path.read_text("utf-8"), shown)) == []
