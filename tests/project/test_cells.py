"""``cell.toml``: who does the work where imports cannot say, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.model import Cell, Kind, Location
from fieldguide.project import cells

PATH = "snippets/routing/flask/cell.toml"
BY_HAND = {"app.py": b"# --8<-- [start:by-hand]\nx\n# --8<-- [end:by-hand]\n"}


def read(
    text: str, files: dict[str, bytes] | None = None
) -> tuple[Cell | None, list[tuple[int | None, str]]]:
    """The cell of a file beside a snippet of those files, and its problems by line."""
    collector = Problems()
    cell = cells.read(collector, Path("nowhere"), "routing/flask", PATH, text.encode(), files or {})
    return cell, [(problem.location.line, problem.message) for problem in collector]


def test_what_a_file_declares() -> None:
    cell, problems = read('kind = "by hand"\nwhy = " It has none. "\ninstead = "x"\n', BY_HAND)
    assert problems == []
    assert cell == Cell("routing/flask", Location(PATH, 1), Kind.BY_HAND, "It has none.", "x")


def test_a_requirement_alone() -> None:
    cell, problems = read('requires = "flask>=3"\n', {"app.py": b""})
    assert problems == []
    assert cell is not None
    assert (cell.kind, cell.requires, cell.location) == (None, "flask>=3", Location(PATH, 1))


@pytest.mark.parametrize(
    ("text", "files", "line", "words"),
    [
        ("", {}, 1, "this file declares nothing"),
        ("[", {}, 1, "this is not TOML"),
        ('kind = "by hnad"\nwhy = "x"\n', {}, 1, 'unknown kind "by hnad"'),
        ('kind = "core"\nwhy = ""\n', {}, 2, "why must be a string that is not empty"),
        ('kind = "core"\nwhy = "x"\nwhy_not = "y"\n', {}, 3, 'unknown key "why_not"'),
        ('kind = "core"\n', {}, 1, 'the kind "core" gives no reason'),
        ('kind = "core"\nwy = "x"\n', {}, 2, 'unknown key "wy" (did you mean "why"?)'),
        ('why = "x"\n', {}, 1, "why explains a kind, and the file declares none"),
        ('kind = "not possible"\nwhy = "x"\n', BY_HAND, 1, "but app.py is in the same folder"),
        ('kind = "not possible"\nwhy = "x"\nrequires = "a>1"\n', {}, 3, "so it requires nothing"),
        ('kind = "by hand"\nwhy = "x"\n', {"app.py": b"x"}, 1, "none of its lines is marked"),
    ],
)
def test_a_wrong_file_is_no_cell(text: str, files: dict[str, bytes], line: int, words: str) -> None:
    cell, problems = read(text, files)
    assert cell is None
    assert [words in message for _, message in problems] == [True], problems
    assert problems[0][0] == line


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("by-hand", True),
        ("by-hand-2", True),
        ("by-hand-10", True),
        ("by-hand-1", False),
        ("by-hand-x", False),
        ("hand", False),
    ],
)
def test_the_name_of_a_section_by_hand(name: str, by_hand: bool) -> None:
    assert cells.is_by_hand(name) is by_hand


def test_a_name_that_only_resembles_it() -> None:
    text = "# --8<-- [start:by_hand]\n# --8<-- [end:by_hand]\n# --8<-- [start:by-hand]\n"
    (problem,) = cells.misspelt(f"{text}# --8<-- [start:route]\n", "app.py")
    assert problem.location == Location("app.py", 1)
