"""Seat belts of one process: what the kernel lets it use. Nothing here is a boundary."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
from typing import Any

_ADDRESSES = 4 << 30
"""A process may have so many bytes of addresses besides those of its data: for the stacks and the
heaps of threads, which nobody uses to the end. The pages that hold addresses are memory, too."""
_COUNTED_APART = (5, 14)
"""Since this kernel, the processes and threads of a user are counted in each namespace apart."""


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
    if _only_user():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NPROC, (limits["threads"] * 2,) * 2)
    for name, value in (
        ("RLIMIT_CPU", (seconds + 1, seconds + 2)),
        ("RLIMIT_DATA", (limits["memory_bytes"],) * 2),
        ("RLIMIT_AS", (limits["memory_bytes"] + _ADDRESSES,) * 2),
        ("RLIMIT_FSIZE", (limits["file_bytes"],) * 2),
        ("RLIMIT_NOFILE", (limits["open_files"],) * 2),
        ("RLIMIT_CORE", (0, 0)),
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), value)


def _only_user() -> bool:
    """Whether this is a namespace for one user, as only bubblewrap makes it, so that nothing but a
    job counts there."""
    try:
        with open("/proc/self/uid_map", encoding="ascii") as file:
            (users,) = [line.split() for line in file]
    except (OSError, ValueError):
        return False
    kernel = tuple(int(number) for number in os.uname().release.split("-")[0].split(".")[:2])
    return users[2] == "1" and kernel >= _COUNTED_APART


def tell_before_the_kernel_ends_us() -> None:
    """Make this process, and those forked from it, write their stack when they get SIGXCPU.

    It ends any process but the first one of a sandbox, which no signal ends that it does not wait
    for: SIGKILL would, a second later, and nobody would know why.
    """
    with contextlib.suppress(AttributeError):  # Windows has neither
        if os.getpid() == 1:
            signal.signal(signal.SIGXCPU, lambda number, _: os._exit(128 + number))
        faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)


def stay(processor: int | None) -> None:
    """Keep this process on one processor, where that can be said.

    An application and its judge take turns. On two processors each turn wakes a sleeping one,
    which costs several times what the turn itself does.
    """
    if processor is not None and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {processor})
