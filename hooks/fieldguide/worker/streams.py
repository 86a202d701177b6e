"""Writing out what a snippet printed, and when a slow job is asked where it stands."""

from __future__ import annotations

import contextlib
import sys


def warning(wall_seconds: float) -> float:
    """How many seconds before its time is over a job is asked where it stands."""
    return min(0.5, wall_seconds / 10)


def flush() -> None:
    """Write out what the snippet printed: its process is about to end abruptly."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
