"""Find out from /proc whether a process that was just started listens. Linux only."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator

_LISTEN = "0A"


def sockets() -> set[str] | None:
    """The TCP sockets of this network that listen, by inode; None where the system does not say."""
    inodes, readable = set(), False
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), open(f"/proc/self/net/{name}", encoding="ascii") as file:
            readable = True
            rows = [row.split() for row in file][1:]
            inodes |= {row[9] for row in rows if row[3] == _LISTEN}
    return inodes if readable else None


def held(inodes: set[str], processes: Iterable[int]) -> bool:
    """Whether one of the processes has one of the sockets."""
    names = {f"socket:[{inode}]" for inode in inodes}
    for process in processes:
        with contextlib.suppress(OSError):
            for descriptor in os.scandir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    if os.readlink(descriptor.path) in names:
                        return True
    return False


def descendants(process: int) -> list[int]:
    """The processes that it started, and that those started."""
    children: dict[int, list[int]] = {}
    for child, _, parent in _processes():
        children.setdefault(parent, []).append(child)
    below, waiting = [], [process]
    while waiting:
        new = children.get(waiting.pop(), [])
        below += new
        waiting += new
    return below


def ended(process: int) -> bool:
    """Whether it has ended, even if nobody has asked for its status yet."""
    return _stat(process)[0] in ("", "Z", "X")


def _processes() -> Iterator[tuple[int, str, int]]:
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                state, parent = _stat(int(name))
                if state:
                    yield int(name), state, parent


def _stat(process: int) -> tuple[str, int]:
    """Its state and its parent; no state where there is no such process."""
    state, parent, *_ = [*fields(str(process)), "", "0"][:2]
    return state, int(parent)


def fields(process: str) -> list[str]:
    """What the system tells of a process, or of a thread ``PROCESS/task/THREAD``: its state first;
    nothing where it has gone."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return []
