"""`docs/about/writing.md` is the reference of fences: complete, and shown with what really ran."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fieldguide.languages.comparing import normalise
from fieldguide.languages.registry import LANGUAGES
from fieldguide.model import Entry
from fieldguide.pages import sections
from fieldguide.pages.fences import info_string, scan
from fieldguide.project.record import Project

ROOT = Path(__file__).parents[2]
PATH = "docs/about/writing.md"
TEXT = (ROOT / PATH).read_bytes().decode("utf-8")
LINES = TEXT.split("\n")
SOURCE = "markdown"
"""The language of the fences that show how the next ones are written."""


@pytest.fixture(scope="module")
def entries(collected: Project) -> tuple[Entry, ...]:
    return collected.accounts[PATH]


def span(entry: Entry) -> range:
    """The numbers of its lines, from 1, with its marks."""
    at = entry.fence.location
    assert at.line is not None
    assert at.end_line is not None
    return range(at.line, at.end_line + 1)


def table(first: str) -> list[list[str]]:
    """The rows below the heading whose first cell is that, without the marks of code."""
    rows = re.search(rf"^\| {first} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", TEXT, re.M)
    assert rows is not None
    cells = [row.strip("|").split("|") for row in rows[1].splitlines()]
    return [[cell.strip().strip("`") for cell in row] for row in cells]


def section(title: str) -> str:
    """What stands below a heading, to the next heading of its level."""
    return TEXT.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_each_source_is_followed_by_the_very_fences_that_it_shows(
    entries: tuple[Entry, ...],
) -> None:
    sources = [entry for entry in entries if entry.fence.language == SOURCE]
    real = [entry for entry in entries if entry.fence.language != SOURCE]
    together: list[Entry] = []
    for source in sources:
        shown = source.fence.source.split("\n")
        start = span(source).stop + 1  # after its last line and an empty line
        numbers = range(start, start + len(shown))
        assert LINES[start - 2] == ""
        assert LINES[start - 1 : start - 1 + len(shown)] == shown
        inside = [entry for entry in real if span(entry).start in numbers]
        assert inside
        assert span(inside[0]).start == numbers.start
        assert span(inside[-1]).stop == numbers.stop
        between = {n for n in numbers if not any(n in span(entry) for entry in inside)}
        assert {LINES[n - 1] for n in between} <= {""}
        together += inside
    alone = [entry for entry in real if entry not in together]
    assert {entry.fate for entry in alone} == {"not run"}


def test_no_line_is_taken_for_the_marker_of_a_section_and_left_out() -> None:
    assert [line for line in LINES if any(sections.markers(line))] == []


def test_every_kind_class_and_key_stands_in_a_real_fence(entries: tuple[Entry, ...]) -> None:
    real = [entry for entry in entries if entry.fence.language != SOURCE]
    assert {entry.fate for entry in real} == {"run", "shown", "not run"}
    run = [entry for entry in real if entry.fate == "run"]
    assert {entry.fence.language for entry in run if entry.check} == {*LANGUAGES, "text"}
    words = " ".join(entry.fence.info for entry in run)
    classes = set(re.findall(r"[{ ]\.([\w-]+)", words))
    keys = set(re.findall(r'([\w-]+)="', words))
    assert classes == set(info_string.CLASSES) - {"norun"}
    assert keys == {*info_string.KEYS, *info_string.SHOWN} - {"data-reason"}
    assert re.search(r"[{ ]#[\w-]+", words)
    named = [entry for entry in run if entry.fence.options.env]
    assert len({entry.fence.options.env for entry in named}) > 1


def test_the_tables_name_every_kind_of_fence_and_every_option() -> None:
    kinds = {row[0].partition(" ")[0] for row in table("Fence")}
    assert kinds == {*LANGUAGES, "text", "any"}
    options = [row[0] for row in table("Option")]
    known = ["#name", *(f".{name}" for name in info_string.CLASSES)]
    assert sorted(options) == sorted([*known, *info_string.KEYS, *info_string.SHOWN])
    [of_the_theme] = [line for line in LINES if line.startswith("The theme has a few classes")]
    told = re.findall(r"`\.([\w-]+)`", of_the_theme)
    assert sorted(told) == sorted(info_string.HIGHLIGHTING)


def test_every_rule_of_normalising_is_told_in_its_order_and_words() -> None:
    told = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", section("What may differ from run to run"), re.M)
    assert told == [(rule.name, rule.about) for rule in normalise.RULES]


@pytest.mark.parametrize("row", table("You write"), ids=lambda row: row[0])
def test_a_mistake_is_found_and_named_as_the_page_says(row: list[str]) -> None:
    written, wrong, instead = row
    [problem] = scan.scan("docs/page.md", f"Text\n\n```{written}\nx = 1\n```\n").problems
    assert problem.message.endswith(f": {wrong}")
    assert problem.next == f"write {instead}"
    corrected = scan.scan("docs/page.md", f"Text\n\n```{instead}\nx = 1\n```\n")
    assert corrected.fences[0].options.run
    assert not corrected.problems


@pytest.mark.parametrize("path", [PATH, "README.md"])
def test_the_ids_in_the_commands_are_those_of_fences(collected: Project, path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    named = set(re.findall(r"about/writing#[\w-]+", text))
    assert named
    assert named <= set(collected.groups)
