"""Seat belts of one process: what the kernel lets it use. Nothing here is a boundary."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
from functools import cache
from typing import Any


def limit(limits: dict[str, Any]) -> None:
    """Set the limits for this process and what it starts, where the platform has them.

    Every pair is a soft and a hard limit. Processor time ends in SIGXCPU, and a second later in
    SIGKILL; both a second late, so that whoever watches all processes of a job is first to end it.
    """
    try:
        import resource
    except ImportError:
        return
    seconds = int(limits["cpu_seconds"]) or 1
    for name, value in (
        ("RLIMIT_CPU", (seconds + 1, seconds + 2)),
        ("RLIMIT_DATA", (limits["memory_bytes"],) * 2),
        ("RLIMIT_FSIZE", (limits["file_bytes"],) * 2),
        ("RLIMIT_NOFILE", (limits["open_files"],) * 2),
        ("RLIMIT_CORE", (0, 0)),
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), value)


def tell_before_the_kernel_ends_us() -> None:
    """Make this process, and those forked from it, write their stack when they get SIGXCPU."""
    with contextlib.suppress(AttributeError):  # Windows has neither
        faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)


def stay(processor: int | None) -> None:
    """Keep this process on one processor, where that can be said.

    An application and its judge take turns. On two processors each turn wakes a sleeping one,
    which costs several times what the turn itself does.
    """
    if processor is not None and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {processor})


@cache
def _numbers() -> tuple[int, ...]:
    """The kernel's number of every limit that this platform has."""
    import resource

    return tuple({getattr(resource, name) for name in dir(resource) if name[:7] == "RLIMIT_"})


def allowances() -> tuple[Any, ...]:
    """What the kernel lets this process use, and how soon it gets to run.

    A child may change both for its parent, which has the same user; later children inherit them.
    """
    try:
        import resource
    except ImportError:
        return ()
    limits = tuple(resource.getrlimit(number) for number in _numbers())
    if not hasattr(os, "sched_getscheduler"):
        return limits, os.getpriority(os.PRIO_PROCESS, 0)
    order = os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.sched_getaffinity(0)
    return limits, order
