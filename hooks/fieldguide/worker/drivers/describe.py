"""An exception in one line; how long a text in a record may be."""

from __future__ import annotations

MESSAGE = 1000
"""Characters of a message in a record."""
NAME = 200
"""Characters of a name in a record, such as a class's or a file's."""
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
    name = type(error).__name__[:NAME]
    return f"{name}: {text}" if text else name
