"""`docs/about/security.md` says what the code does: its layers, modes, limits and rules."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from fieldguide.base import bounds
from fieldguide.model import Limits
from fieldguide.model.layers import ALWAYS, BOUNDARY, JUDGE, POSIX
from fieldguide.running.sandbox import Mode
from fieldguide.showing.patience import SECONDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/about/security.md").read_text("utf-8")


def table(first: str) -> list[list[str]]:
    """The rows below the heading whose first cell is that."""
    rows = re.search(rf"^\| {first} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", PAGE, re.M)
    assert rows is not None
    return [
        [cell.strip(" `") for cell in row.strip("|").split("|")] for row in rows[1].splitlines()
    ]


def test_every_layer_is_told_for_what_it_is() -> None:
    rows = {row[0]: row[2] for row in table("Layer")}
    assert [name for name, kind in rows.items() if kind == "seat belt"] == [*ALWAYS, *POSIX]
    assert [name for name, kind in rows.items() if kind == "boundary"] == list(BOUNDARY)
    assert [name for name, kind in rows.items() if "verdict" in kind] == list(JUDGE)
    assert len(rows) == len({*ALWAYS, *POSIX, *BOUNDARY, *JUDGE})


def test_every_limit_is_told_with_its_default() -> None:
    rows = {row[0]: float(row[1]) for row in table("Limit")}
    assert rows == asdict(Limits())


def test_every_mode_is_told() -> None:
    assert {row[0] for row in table("Mode")} == {mode.value for mode in Mode}


def test_every_bound_is_told_with_its_number() -> None:
    rows = {row[0]: int(row[1]) for row in table("Bound")}
    numbers = {name: value for name, value in vars(bounds).items() if name.isupper()}
    inside = {"WORD", "KNOWN", "COMPARED", "MATCHED"}  # what comes of them is told in words
    assert rows == {name: numbers[name] for name in numbers.keys() - inside if name[0] != "_"}


def test_the_patience_of_a_host_is_told() -> None:
    assert f"more than {SECONDS} seconds of processor time to render" in PAGE


def test_every_case_that_is_named_is_there_and_all_are_counted() -> None:
    cases = {path.parent.name for path in (ROOT / "tests/cases/faults").glob("*/case.toml")}
    rows = table("What")
    named = {word for row in rows for word in re.findall(r"[\w-]+", row[1])}
    assert len(named) > 2 * len(rows)
    assert named <= cases
    told = re.search(r"holds (\d+) hostile and broken snippets", PAGE)
    assert told is not None
    assert int(told[1]) == len(cases)
