"""What came of an act: passed, refused with the next act where that is right, or bad."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from acts import Came, Place, table

NEXT = "mkdocs.yml: it cannot | be read. Next: look at it."


@pytest.mark.parametrize(
    ("status", "said", "may_refuse", "word"),
    [
        (0, "", False, "green"),
        (0, "", True, "green"),
        (1, NEXT, True, "refused"),
        (1, NEXT, False, "BAD"),
        (1, "Traceback (most recent call last):", True, "BAD"),
        (1, f"Traceback (most recent call last):\n{NEXT}", True, "BAD"),
    ],
)
def test_the_word_for_what_came(status: int, said: str, may_refuse: bool, word: str) -> None:
    assert Came("load", "make lint", status, 1.0, said, may_refuse).word == word


def test_the_table_says_the_next_act() -> None:
    rows = list(table([Came("load", "make lint", 1, 2.4, NEXT, True)]))
    words = "refused: mkdocs.yml: it cannot &#124; be read. Next: look at it."
    assert rows[-1] == f"| load | `make lint` | {words} | 2 |"


@pytest.mark.skipif(os.name == "nt", reason="env is a program of POSIX systems")
def test_a_command_runs_in_its_place(tmp_path: Path) -> None:
    place = Place(tmp_path, {"PATH": os.environ["PATH"], "A": "1"}, ["env", "B=2"])
    said, _ = place.start(["sh", "-c", "echo $A $B; pwd"]).communicate()
    assert said.splitlines() == ["1 2", str(tmp_path)]
    place.cwd = Path("/")
    assert place.start(["pwd"]).communicate()[0] == "/\n"
