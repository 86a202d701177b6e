"""The line pass of superfences, which says of itself which lines it took."""

from __future__ import annotations

import pytest
from markdown.util import ETX, STX

from fieldguide.pages.fences.superfences import MARKS, normalise


def test_lines_as_python_markdown_has_them() -> None:
    text = f"a\tb\r\nc\r   \n{STX}d{ETX}\n"
    assert normalise(text) == ["a   b", "c", "", "d", "", "", ""]


@pytest.mark.parametrize(
    ("line", "before", "marker", "marks", "rest"),
    [
        ("```", "", "", "```", ""),
        ("  ~~~~py", "  ", "", "~~~~", "py"),
        ("> ```py {.run}", "> ", "", "```", "py {.run}"),
        ("- ```py", "", "- ", "```", "py"),
        ("1. - ```", "", "1. - ", "```", ""),
        ("[^1]: ```", "", "[^1]: ", "```", ""),
    ],
)
def test_a_line_that_looks_like_marks(
    line: str, before: str, marker: str, marks: str, rest: str
) -> None:
    match = MARKS.match(line)
    assert match is not None
    assert match.groups() == (before, marker, marks, rest)


@pytest.mark.parametrize("line", ["``", "text ```", "", "-```"])
def test_a_line_that_does_not(line: str) -> None:
    assert MARKS.match(line) is None
