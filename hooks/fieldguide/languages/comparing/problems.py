"""How something differs from what is expected: every sentence about lines and JSON values."""

from __future__ import annotations

import json
from typing import Any

from ...base.text import count
from ...model import Mismatch

_LONGEST = 100
"""So much of a line is quoted in a message."""
_LONGEST_VALUE = 80
"""So much of a JSON value is quoted in a message."""


def quoted(text: str | None) -> str:
    """A line as messages show it."""
    if text is None:
        return "nothing"
    text = text.replace("\n", "\\n")
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}" ...'


def line_differs(line: int, expected: str | None, actual: str | None) -> Mismatch:
    """``expected "a", got "b"``; None where one side has no more lines. Blanks at the end of a
    line, which are not compared, are not shown either."""
    wanted, came = (quoted(text.rstrip()) if text else quoted(text) for text in (expected, actual))
    if expected is None:
        message = f"expected no more output, got {came}"
    elif actual is None:
        message = f"expected {wanted}, got no more output"
    else:
        message = f"expected {wanted}, got {came}"
    return Mismatch(line, message, expected, actual)


def line_nowhere(line: int, expected: str, actual: str | None) -> Mismatch:
    """A line after ``...`` that does not come any more; ``actual`` is the next that does."""
    message = f"expected {quoted(expected)} somewhere in the rest of the output, it is not there"
    return Mismatch(line, message, expected, actual)


def lines_too_many(line: int) -> Mismatch:
    """The lines after a ``...``, and they or the output are too long to look for them."""
    message = "there are too many lines with ... here to hold them against so long an output"
    return Mismatch(line, message, next="write fewer lines with ..., or print less")


def value_differs(name: str, expected: Any, actual: Any) -> str:
    """``name`` is the value's place in its document, empty for the document itself."""
    return _of_value(name, f"expected {_shown(expected)}, got {_shown(actual)}")


def value_missing(name: str, expected: Any) -> str:
    return _of_value(name, f"expected {_shown(expected)}, got nothing")


def value_unexpected(name: str, actual: Any) -> str:
    return _of_value(name, f"expected nothing, got {_shown(actual)}")


def list_length_differs(name: str, expected: int, actual: int) -> str:
    return _of_value(name, f"expected {count(expected, 'item')}, got {actual}")


def _of_value(name: str, words: str) -> str:
    return f"{name}: {words}" if name else words


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} ..."
