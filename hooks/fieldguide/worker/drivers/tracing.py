"""Find the snippet's own line behind a failing check."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from .describe import describe

T = TypeVar("T")
Place = dict[str, Any]
"""``file`` and ``line`` in the snippet's folder, and with ``traceback`` what was raised there;
empty where none of its code ran."""


def traced(work: Callable[[], T], folder: Path) -> tuple[T, Place]:
    """What ``work`` gives, and where the snippet's code raised, or which function it ran last.

    Every line is watched, so this is slow: only for what has failed already.
    """
    import threading  # here, as a browser runs this file too

    prefix = f"{folder}/"
    raised: list[Place] = []
    called: list[Place] = []

    def watch(frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        if event == "call":
            if not name.startswith(prefix) or not name.endswith(".py"):
                return None
            line = frame.f_code.co_firstlineno
            called.append({"file": name.removeprefix(prefix), "line": line})
        elif event == "exception" and not isinstance(argument[1], StopIteration | GeneratorExit):
            file, line = name.removeprefix(prefix), frame.f_lineno
            words = f"{file}:{line} raised {describe(argument[1])}"
            raised.append({"file": file, "line": line, "traceback": words})
        return watch

    before = sys.gettrace()
    threading.settrace(watch)
    sys.settrace(watch)
    try:
        result = work()
    finally:
        sys.settrace(before)
        threading.settrace(before)
    return result, likeliest([*called[-1:], *raised[:1]])


def likeliest(places: list[Place]) -> Place:
    """The place to look at first: the first exception, else the function that ran last."""
    raised = [place for place in places if place.get("traceback")]
    known = [place for place in places if place]
    return (raised or known[-1:] or [{}])[0]
