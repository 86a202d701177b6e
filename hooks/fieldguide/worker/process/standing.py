"""How a warm process stands: all that one job could change for the next, looked at after each."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from . import memory, namespace

_IO_PRIORITY = {"x86_64": 252, "aarch64": 31}
"""The number of the system call that tells it; the C library has no function for it."""


def standing(alone: bool) -> tuple[Any, ...]:
    """What has to be the same before a job and after it. Where it is not, the process is done for.

    Args:
        alone: whether this is process 1 of a namespace of its own; else much is the machine's.
    """
    if not alone:
        return allowances(), os.listdir(namespace.PLACE)
    places = [_place(path) for path in namespace.PLACES]
    # A connection without a process: whoever closes first holds the port for a minute.
    found = memory.connections()
    resting = [found.get(name) for name in ("rest", "TCP", "TCP6")]
    return allowances(), places, list(_rows("/proc/sysvipc", "msg", "sem", "shm")), resting


def allowances() -> tuple[Any, ...]:
    """What the kernel lets this process use, and how soon it gets to run and to read.

    A child may change all of it for its parent, which has the same user; later ones inherit it.
    """
    try:
        import resource
    except ImportError:
        return ()
    limits = tuple(resource.getrlimit(number) for number in _limits())
    order: tuple[Any, ...] = (os.getpriority(os.PRIO_PROCESS, 0),)
    if hasattr(os, "sched_getscheduler"):
        order += os.sched_getscheduler(0), os.sched_getaffinity(0), _io_priority()
    return limits, order


@cache
def _limits() -> tuple[int, ...]:
    """The kernel's number of every limit that this platform has."""
    import resource

    return tuple({getattr(resource, name) for name in dir(resource) if name[:7] == "RLIMIT_"})


def _io_priority() -> int | None:
    number = _IO_PRIORITY.get(os.uname().machine)
    return None if number is None else int(namespace.libc().syscall(number, 1, 0))


def _place(path: Path) -> tuple[Any, ...] | None:
    """What a folder is for who makes files in it, and what is in it."""
    with contextlib.suppress(OSError):
        state = path.stat()
        return os.listdir(path), state.st_mode, state.st_uid, state.st_gid, os.listxattr(path)
    return None


def _rows(folder: str, *names: str) -> Iterator[bytes]:
    """The lines of the kernel's tables, without the names of their columns."""
    for name in names:
        with contextlib.suppress(OSError), open(f"{folder}/{name}", "rb") as file:
            next(file, None)
            yield from file
