"""A value in a sentence, whatever it is."""

from __future__ import annotations

from typing import Any

SHOWN = 240
"""Characters of a value in a message."""


def show(value: Any) -> str:
    """The value's repr, cut; a repr that raises is named and harms nothing."""
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text)} characters)"
