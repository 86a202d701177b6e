"""Any exception becomes one line, the hostile ones too."""

from __future__ import annotations

import pytest

from fieldguide.worker.drivers.describe import MESSAGE, describe


class MuteError(Exception):
    """Cannot say what it is."""

    def __str__(self) -> str:
        raise KeyError("x")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("a\n b"), "ValueError: a b"),
        (ValueError(), "ValueError"),
        (AssertionError("expected 1, got 2"), "expected 1, got 2"),
        (AssertionError(), "AssertionError"),
        (MuteError(), "MuteError: <its message raises KeyError>"),
        (ValueError("x" * 5000), "ValueError: " + "x" * MESSAGE),
    ],
)
def test_a_line(error: BaseException, line: str) -> None:
    assert describe(error) == line
