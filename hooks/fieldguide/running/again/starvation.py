"""Tell whether a job had a processor, so that no snippet is blamed for a busy machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ...model import Reply, Stopped

_SHARE = 0.1
"""A job that waited for a processor for less than this share of its time had what it needed."""
_MOST = 10.0
"""The most by which a job's wall clock is multiplied when it is tried again."""


def starved(reply: Reply) -> bool:
    """Whether a job ran out of wall-clock time and the machine may be to blame.

    The machine may be to blame, too, where the system does not say how long the job waited.
    """
    if reply.stopped is not Stopped.TIME:
        return False
    return reply.waited is None or reply.waited >= reply.seconds * _SHARE


def patience(reply: Reply) -> float:
    """By how much a starved job's wall clock is multiplied when it is tried again.

    Twice its whole time over the time that it ran: the wait at its very end is not in the figure,
    and the machine may become busier.
    """
    ran = reply.seconds - (reply.waited or 0.0)
    return min(2 * reply.seconds / ran, _MOST) if ran > 0 else _MOST


def waited(process: int) -> float | None:
    """Seconds that a process and those below it were ready to run and had no processor.

    None where the system does not say: only Linux does.
    """
    if not Path("/proc/self/schedstat").exists():
        return None
    return sum(map(_delay, _threads(process))) / 1e9


def _threads(process: int) -> Iterator[Path]:
    """The threads of a process and of those below it, as folders of /proc."""
    with contextlib.suppress(OSError):  # a process that has just ended has no folder
        for thread in Path(f"/proc/{process}/task").iterdir():
            yield thread
            for child in (thread / "children").read_text("ascii").split():
                yield from _threads(int(child))


def _delay(thread: Path) -> int:
    """How long a thread was ready to run and had no processor, in nanoseconds."""
    with contextlib.suppress(OSError, ValueError):
        return int((thread / "schedstat").read_text("ascii").split()[1])
    return 0
