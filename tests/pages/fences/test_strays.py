"""Lines that look like the marks of a fence, each explained where it is to be mended."""

from __future__ import annotations

import oracle
import pytest

from fieldguide.model import Location
from fieldguide.pages.fences import scan as fences_scan

PLACES = {
    "on its own": ("", ""),
    "in an admonition": ('!!! note "A"\n\n', "    "),
    "in a tab": ('=== "A"\n\n', "    "),
    "in a list": ("- a\n\n", "    "),
    "in a list in a list": ("- a\n\n    1. b\n\n", "        "),
    "in a block quote": ("> A\n>\n", "> "),
    "in a footnote": ("A[^1]\n\n[^1]: A\n\n", "    "),
    "in a definition": ("A\n\n:   B\n\n", "    "),
    "in HTML": ("<div markdown>\n\n", ""),
    "after a paragraph": ("Text:\n", ""),
}


ATTEMPTS = {
    "```python run\nx\n```": 0,
    "```python{.run}\nx\n```": 0,
    '```python title="a" {.run}\nx\n```': 0,
    "```python {.run\nx\n```": 0,
    "- ```python\n  x\n  ```": 0,
    "```python\nx\n````": 2,
    "````python\nx\n```": 2,
    "~~~python\nx\n ~~~": 2,
    "```python\nx": 0,
}
"""What looks like a fence and is none, and which of its lines is to be mended."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_attempt_is_named_where_it_stands(place: str, attempt: str) -> None:
    before, indent = PLACES[place]
    text = before + "".join(f"{indent}{line}\n" for line in attempt.split("\n")) + "\nThe end.\n"
    page = fences_scan.scan("page.md", text)
    assert page.fences == ()
    assert oracle.shown(text) == []
    line = before.count("\n") + 1 + ATTEMPTS[attempt]
    assert [problem.location for problem in page.problems] == [Location("page.md", line)]


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize(
    ("before", "indent", "after"),
    [("Text.\n\n", "    ", ""), ("- a\n\n", "        ", ""), ("<!--\n", "", "-->\n")],
)
def test_an_attempt_that_nobody_sees_is_none(
    attempt: str, before: str, indent: str, after: str
) -> None:
    text = (
        before + "".join(f"{indent}{line}\n" for line in attempt.split("\n")) + after + "\nEnd.\n"
    )
    assert fences_scan.scan("page.md", text) == fences_scan.Page((), ())
