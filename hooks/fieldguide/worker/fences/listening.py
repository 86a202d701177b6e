"""Find out from /proc whether a process that was just started listens. Linux only."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable

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
