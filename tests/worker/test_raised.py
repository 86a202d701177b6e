"""What code of a group raised: its names, its words, its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.worker.fences.raised import last_lines, names, raised, trimmed


def error_of(source: str, filename: str) -> BaseException:
    """What a source raises, as if it stood in the file."""
    try:
        exec(compile(source, filename, "exec"), {})
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def test_the_names_are_those_of_its_classes() -> None:
    assert names(KeyError) == [
        *("KeyError", "builtins.KeyError", "LookupError", "builtins.LookupError"),
        *("Exception", "builtins.Exception", "BaseException", "builtins.BaseException"),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("raise ValueError('a')", "ValueError: a"),
        ("raise ValueError", "ValueError"),
        ("x =", "SyntaxError: invalid syntax"),
        ("raise ExceptionGroup('g', [KeyError(1)])", "ExceptionGroup: g (1 sub-exception)"),
    ],
)
def test_what_a_traceback_ends_with(source: str, text: str) -> None:
    assert last_lines(error_of(source, "main.py")) == text


def test_the_line_is_the_innermost_of_the_step(tmp_path: Path) -> None:
    file = str(tmp_path / "main.py")

    def locate(filename: str, line: int) -> tuple[int, int] | None:
        return (0 if line < 3 else 1, line) if filename == file else None

    error = error_of("def f():\n    1 / 0\n\nf()\n", file)
    record = raised(error, tmp_path, locate, 1)
    assert (record["step"], record["line"]) == (1, 4)
    assert (raised(error, tmp_path, locate, 7)["step"], record["names"][0]) == (
        0,
        "ZeroDivisionError",
    )
    assert record["traceback"].startswith(
        'Traceback (most recent call last):\n  File "main.py", line 4'
    )
    assert str(tmp_path) not in record["traceback"]


def test_a_syntax_error_has_its_own_line(tmp_path: Path) -> None:
    error = error_of("\nx =\n", str(tmp_path / "main.py"))
    record = raised(error, tmp_path, lambda filename, line: (0, line), 0)
    assert record["line"] == 2


def test_an_error_of_nobodys_code_has_no_line(tmp_path: Path) -> None:
    error = error_of("1 / 0", "elsewhere.py")
    record = raised(error, tmp_path, lambda filename, line: None, 0)
    assert (record["step"], record["line"]) == (None, None)
    assert trimmed(error, f"{tmp_path}/") is None
