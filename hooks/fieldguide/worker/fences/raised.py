"""What a group's own code raised, as the record tells it."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from ..drivers.describe import LONG_TEXT, NAME, describe

_MOST = 1000
"""Names of one exception that are told."""
Locate = Callable[[str, int], "tuple[int, int] | None"]
"""The step that a line of a file belongs to, and its line there; None where it is no step's."""


def raised(error: BaseException, folder: Path, locate: Locate, index: int) -> dict[str, Any]:
    """The exception that ended a step, or a thread of it.

    ``names`` are those of its classes, plain and qualified; ``text`` is as at a traceback's end.
    ``line`` is the innermost one of the step's own source, or else, as in a thread that an earlier
    step started, of the source of the step ``step``. Both may be None.
    """
    prefix = f"{folder}/"
    calls = traceback.extract_tb(error.__traceback__)
    frames = [(call.filename, call.lineno or 0) for call in calls]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(("<", prefix)):
        frames.append((str(error.filename), error.lineno or 1))
    places = [place for frame in frames if (place := locate(*frame)) is not None]
    own = [place for place in places if place[0] == index] or places
    shown = traceback.format_exception(type(error), error, trimmed(error, prefix))
    return {
        "names": names(type(error)),
        "text": last_lines(error),
        "line": own[-1][1] if own else None,
        "step": own[-1][0] if own else None,
        "traceback": "".join(shown).replace(prefix, "")[:LONG_TEXT],
    }


def names(error_type: type[BaseException]) -> list[str]:
    """The class and those above it, each plain and with its module."""
    every = [
        name[:NAME]
        for ancestor in error_type.__mro__[:-1]
        for name in (ancestor.__name__, f"{ancestor.__module__}.{ancestor.__qualname__}")
    ]
    return every[:_MOST]


def last_lines(error: BaseException) -> str:
    """What a traceback ends with; of a syntax error without the place, which is not its message."""
    try:
        lines = traceback.format_exception_only(error)
    except Exception:
        return describe(error)
    if isinstance(error, SyntaxError):
        starts = [number for number, line in enumerate(lines) if line[:1] not in ("", " ")]
        lines = lines[starts[0] :] if starts else lines
    return "".join(lines).strip()[:LONG_TEXT]


def trimmed(error: BaseException, prefix: str) -> TracebackType | None:
    """Its traceback from the first frame on that is the folder's own: what is before is ours."""
    call = error.__traceback__
    while call is not None:
        if call.tb_frame.f_code.co_filename.startswith(("<pycon", prefix)):
            return call
        call = call.tb_next
    return None
