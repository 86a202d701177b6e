"""An exception in one line."""

from __future__ import annotations

MESSAGE = 1000
"""Characters of a message in a record."""
LONG_TEXT = 10_000
"""Characters of a longer text in a record, such as a traceback."""


def describe(error: BaseException) -> str:
    """The exception with its type, unless it is an assertion, which speaks for itself."""
    try:
        text = str(error)
    except Exception as inner:
        text = f"<its message raises {type(inner).__name__}>"
    text = " ".join(text.split())[:MESSAGE]
    if isinstance(error, AssertionError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
