"""Whether a job had a processor at all: a busy machine is no fault of a snippet."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ..model import Reply, Stopped

_SHARE = 0.1
"""A job that waited for a processor for a smaller share of its time had what it needed."""
_MOST = 10.0
"""So many times its wall clock a job has at most when it is tried again."""


def starved(reply: Reply) -> bool:
    """Whether a job ran out of wall-clock time and the machine may be to blame.

    It may be where the system does not say how long the job waited for a processor.
    """
    if reply.stopped is not Stopped.TIME:
        return False
    return reply.waited is None or reply.waited >= reply.seconds * _SHARE


def patience(reply: Reply) -> float:
    """How many times its wall clock a starved job has when it is tried again.

    Twice as many as it got less of the processor than it could have used: what it waited for when
    it was ended is not in the figure, and the machine may become busier.
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
    with contextlib.suppress(OSError):  # one that ends has none any more
        for thread in Path(f"/proc/{process}/task").iterdir():
            yield thread
            for child in (thread / "children").read_text("ascii").split():
                yield from _threads(int(child))


def _delay(thread: Path) -> int:
    """Nanoseconds."""
    with contextlib.suppress(OSError, ValueError):
        return int((thread / "schedstat").read_text("ascii").split()[1])
    return 0
