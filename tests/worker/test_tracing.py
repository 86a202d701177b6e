"""The snippet's own line behind a failing check."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.worker.drivers.tracing import likeliest, traced

SOURCE = """\
def quiet():
    return 1

def raising():
    raise ValueError("x")

def catching():
    try:
        raising()
    except ValueError:
        return 2

def stopping():
    return next(iter([]), 3)
"""


@pytest.mark.parametrize(
    ("name", "result", "place"),
    [
        ("quiet", 1, {"file": "app.py", "line": 1}),
        (
            "catching",
            2,
            {"file": "app.py", "line": 5, "traceback": "app.py:5 raised ValueError: x"},
        ),
        ("stopping", 3, {"file": "app.py", "line": 13}),
    ],
)
def test_where_it_came_from(
    tmp_path: Path, name: str, result: int, place: dict[str, object]
) -> None:
    space: dict[str, object] = {}
    exec(compile(SOURCE, str(tmp_path / "app.py"), "exec"), space)
    work = space[name]
    assert callable(work)
    assert traced(work, tmp_path) == (result, place)


def test_code_of_others_has_no_place(tmp_path: Path) -> None:
    assert traced(lambda: 1, tmp_path) == (1, {})


def test_what_raised_comes_before_what_ran_last() -> None:
    ran = {"file": "a.py", "line": 1}
    raised = {"file": "b.py", "line": 2, "traceback": "x"}
    assert likeliest([raised, ran]) == raised
    assert likeliest([{}, ran, {}]) == ran
    assert likeliest([{}]) == likeliest([]) == {}
