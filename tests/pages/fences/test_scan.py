"""The scanner of fences, held against what Python-Markdown makes of the same pages.

A case is a folder of ``cases/fences``: ``input.md``, the files that it includes, and
``expected.toml``: each fence with its lines, and each problem as it is printed.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import any_file
import oracle
import pytest

from fieldguide.base import problems
from fieldguide.model import Fence, Location
from fieldguide.pages.fences import scan as fences_scan

CASES = Path(__file__).parents[2] / "cases" / "fences"


def read(case: Path) -> str:
    return (case / "input.md").read_bytes().decode("utf-8")


def scan(case: Path) -> fences_scan.Page:
    return fences_scan.scan("input.md", read(case), any_file.including(case))


def span(fence: Fence) -> str:
    """``3-5``, with the file before it where it is another than the page."""
    start, end = fence.location.line, fence.location.end_line
    where = "" if fence.location.path == "input.md" else f"{fence.location.path}:"
    return f"{where}{start}-{end or 'elsewhere'}"


def places(fence: Fence) -> list[str]:
    return [
        f"{place.line}" if place.path == fence.location.path else f"{place.path}:{place.line}"
        for place in fence.lines
    ]


def told(page: fences_scan.Page) -> dict[str, Any]:
    """A page as ``expected.toml`` has it."""
    return {
        "fence": [
            {
                "span": span(fence),
                "indent": fence.indent,
                "language": fence.language,
                "source": fence.source,
                "lines": " ".join(places(fence)),
                **({"includes": list(fence.includes)} if fence.includes else {}),
            }
            for fence in page.fences
        ],
        "problems": [problems.line(problem) for problem in page.problems],
    }


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path) -> None:
    expected = tomllib.loads((case / "expected.toml").read_text("utf-8"))
    assert told(scan(case)) == {"fence": [], "problems": [], **expected}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_case_is_what_the_site_shows(case: Path) -> None:
    found = sorted((fence.language, fence.source) for fence in scan(case).fences)
    assert found == oracle.shown(read(case), case)


# Pages of any kind.
def test_prose_is_every_line_outside_of_fences() -> None:
    text = "---\ntitle: a\n---\n# A\n\n```py\n::: totals\n```\n\n!!! note\n\n"
    text += "    ~~~\n    b\n    ~~~\n    c\n"
    assert [(number, line) for number, line in fences_scan.prose("docs/page.md", text) if line] == [
        (4, "# A"),
        (10, "!!! note"),
        (15, "    c"),
    ]


def test_a_form_feed_ends_no_line() -> None:
    text = "a\x0cb\x1cc\u2028d\n\n```\nx\x0cy\n```\n"
    [found] = fences_scan.scan("page.md", text).fences
    assert found.location == Location("page.md", 3, 5)
    assert found.source == "x\x0cy"
    assert [number for number, _, _ in fences_scan.lines("docs/page.md", text)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "line",
    [
        '<div class="fg-proof">Verified</div>',
        "Ran {: .fg-ran .FG-RAN--passed }",
        '!!! fg-proof "Verified"',
        '<p class="f&#103;-cell">',
        "<!--fg-proof-->",
        '<i title="`" class="fg-check" lang="`">',
        "    <b class=fg-kind>",
    ],
)
def test_prose_has_no_marks_of_proofs(line: str) -> None:
    text = f"# A\n\n```text\n{line}\n```\n\n{line}\n"
    (problem,) = fences_scan.scan("docs/a.md", text).problems
    assert (problem.location.line, "marks what the engine has proven" in problem.message) == (
        7,
        True,
    )


def test_the_layout_has_marks_for_everybody() -> None:
    text = '<div class="fg-home__lede fg-plate">\n\n[a](b.md){ .fg-start }\n'
    assert fences_scan.scan("docs/a.md", text).problems == ()
