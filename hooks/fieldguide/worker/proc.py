"""What Linux tells of processes in /proc: which there are below one, and how each stands."""

from __future__ import annotations

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterator

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""So many of a process's units of processor time are a second."""
_LISTS_CHILDREN = os.path.exists("/proc/thread-self/children")
"""A kernel may have been built without."""


def processes() -> Iterator[int]:
    """All that can be seen from here; none where there is no /proc."""
    with contextlib.suppress(OSError):
        yield from (int(name) for name in os.listdir("/proc") if name.isdigit())


def descendants(process: int) -> list[int]:
    """The processes that it started, and that those started."""
    children = _listed if _LISTS_CHILDREN else _by_parent().__getitem__
    below, parents = [], [process]
    while parents:
        parents = [child for parent in parents for child in children(parent)]
        below += parents
    return below


def _listed(process: int) -> Iterator[int]:
    """The children of one process, as the kernel lists them."""
    for thread in threads(process):
        with contextlib.suppress(OSError), open(f"/proc/{thread}/children", "rb") as file:
            yield from map(int, file.read().split())


def _by_parent() -> defaultdict[int, list[int]]:
    """The children of every process, by what each says of its parent."""
    children = defaultdict(list)
    for process in processes():
        if stat := fields(process):
            children[int(stat[1])].append(process)
    return children


def threads(process: int) -> list[str]:
    """Its threads, as ``PROCESS/task/THREAD``; none once it has gone."""
    with contextlib.suppress(OSError):
        return [f"{process}/task/{thread}" for thread in os.listdir(f"/proc/{process}/task")]
    return []


def fields(process: int | str) -> list[bytes]:
    """What the system tells of a process or a thread behind its name: first its state, then its
    parent; nothing once it has gone."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()
    return []


def ended(process: int) -> bool:
    """Whether it has ended, even if nobody has asked for its status yet."""
    return fields(process)[:1] in ([], [b"Z"], [b"X"])


def used(process: int) -> float:
    """Seconds of processor time, its own and that of its ended children, in user and in system
    mode."""
    return sum(map(int, fields(process)[11:15])) / _TICKS


def waited(process: int) -> float:
    """Seconds that its threads stood in line for a processor."""
    nanoseconds = 0
    for thread in threads(process):
        with contextlib.suppress(OSError), open(f"/proc/{thread}/schedstat", "rb") as file:
            nanoseconds += int(file.read().split()[1])
    return nanoseconds / 1e9
