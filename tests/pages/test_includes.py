"""Includes expanded as the site expands them, every line with its own place."""

from __future__ import annotations

import pytest

from fieldguide.pages import includes
from fieldguide.pages.includes import Line

FILES = {
    "a.py": "# --8<-- [start:one]\n    x\n    y\n# --8<-- [end:one]\nz\n",
    "b.md": '--8<-- "a.py:one"\nb\n',
    "loop.md": 'l\n--8<-- "loop.md"\n',
}


def include(name: str) -> tuple[str, str] | None:
    path = name.partition(":")[0]
    return (f"snippets/{path}", FILES[path]) if path in FILES else None


def expanded(text: str) -> list[tuple[str, str, int]]:
    lines = [Line(line, "p.md", number) for number, line in enumerate(includes.split(text), 1)]
    return [(line.text, line.path, line.number) for line in includes.expand(lines, include).lines]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('--8<-- "a.py"', "a.py"),
        ("  -8<- 'a.py:one'", "a.py:one"),
        ('> --8<-- "a.py" ', "a.py"),
        (';--8<-- "a.py"', None),
        ('text --8<-- "a.py"', None),
        ("# --8<-- [start:one]", None),
        ("text", None),
    ],
)
def test_what_a_line_includes(line: str, name: str | None) -> None:
    assert includes.named(line) == name


def test_lines_keep_the_places_of_their_files() -> None:
    assert expanded('before\n    --8<-- "a.py:one"\nafter') == [
        ("before", "p.md", 1),
        ("    x", "snippets/a.py", 2),
        ("    y", "snippets/a.py", 3),
        ("after", "p.md", 3),
    ]


def test_an_include_in_an_include() -> None:
    assert [line for line in expanded('--8<-- "b.md"') if line[0]] == [
        ("x", "snippets/a.py", 2),
        ("y", "snippets/a.py", 3),
        ("b", "snippets/b.md", 2),
    ]


def test_a_file_that_includes_itself_ends() -> None:
    assert [text for text, _, _ in expanded('--8<-- "loop.md"') if text] == ["l"]


def test_without_files_includes_stay_as_they_are_written() -> None:
    line = Line('--8<-- "a.py"', "p.md", 1)
    page = includes.expand([line], None)
    assert page.lines == (line,)
    assert [(inclusion.before, inclusion.name) for inclusion in page.inclusions] == [(0, "a.py")]


def test_a_form_feed_ends_no_line() -> None:
    assert includes.split("a\x0cb\r\nc\rd\n") == ["a\x0cb", "c", "d", ""]


def test_what_only_looks_like_an_include_is_shown_as_text() -> None:
    texts = ['--8<-- "a.py"', '--8<-- "a.py" ', '> --8<-- "a.py"', "x", ';--8<-- "a.py"']
    lines = [Line(text, "p.md", number) for number, text in enumerate(texts, 1)]
    inclusions = includes.expand(lines, include).inclusions
    places = includes.shown_as_text([(line.place, line.text) for line in lines], inclusions)
    assert [place.line for place in places] == [2, 3]
