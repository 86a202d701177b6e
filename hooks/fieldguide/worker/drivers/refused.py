"""Why an application cannot be judged."""

from __future__ import annotations

from typing import Any

from .describe import LONG_TEXT, MESSAGE, NAME

_LENGTHS = {"message": MESSAGE, "traceback": LONG_TEXT}


def cut(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose texts are no longer than the engine reads; what a snippet raised may be."""
    return {
        key: value[: _LENGTHS.get(key, NAME)] if isinstance(value, str) else value
        for key, value in record.items()
    }


class Refused(Exception):  # noqa: N818  # an outcome, not a defect of the worker
    """The application cannot be judged; carries the record's ``error``.

    Args:
        reason: one of the words that the engine reads, such as ``import``.
        message: what the reader is told.
        line: of the file that ``more`` names.
    """

    def __init__(self, reason: str, message: str, line: int | None = None, **more: Any) -> None:
        super().__init__(message)
        self.record = cut({"kind": reason, "message": message, "line": line, **more})

    @classmethod
    def of(cls, record: dict[str, Any]) -> Refused:
        """The same, as another process tells it."""
        refused = cls("", "")
        refused.record = record
        return refused
