"""Examples of an interactive session run as `doctest` runs them."""

from __future__ import annotations

import builtins
import sys
from typing import Any

from fieldguide.worker.fences.examples import run_examples


def replies(*examples: str, cap: int = 1000) -> list[tuple[str, str | None]]:
    """What each example prints, and the name of what it raises."""
    records = run_examples(
        list(examples),
        "<example {}>".format,
        {},
        lambda error: {"name": type(error).__name__},
        cap,
    )
    return [(record["output"], record["raised"] and record["raised"]["name"]) for record in records]


def test_values_are_shown_and_names_are_kept() -> None:
    assert replies("a = 2\n", "a * 3\n", "None\n", "print('x', end='')\n") == [
        ("", None),
        ("6\n", None),
        ("", None),
        ("x\n", None),
    ]


def test_the_next_example_runs_whatever_was_raised() -> None:
    assert replies("1/0\n", "raise SystemExit\n", "x =\n", "1\n") == [
        ("", "ZeroDivisionError"),
        ("", "SystemExit"),
        ("", "SyntaxError"),
        ("1\n", None),
    ]


def test_an_import_from_the_future_holds_for_the_next_ones() -> None:
    future = "from __future__ import annotations\n"
    source = "def f(x: nowhere): pass\n"
    assert replies(source)[0][1] == ("NameError" if sys.version_info < (3, 14) else None)
    assert replies(future, source)[1] == ("", None)


def test_output_is_cut() -> None:
    assert replies("print('x' * 50)\n", cap=10) == [("x" * 10, None)]


def test_a_closed_output_harms_nobody() -> None:
    assert replies("import sys; sys.stdout.close()\n", "1\n") == [("", None), ("1\n", None)]


def test_nothing_is_left_behind() -> None:
    before: Any = sys.stdout, sys.displayhook, getattr(builtins, "_", None)
    replies("5\n")
    assert (sys.stdout, sys.displayhook, getattr(builtins, "_", None)) == before
