"""Find out from /proc who listens: a new process of ours, or whoever has a port. Linux only."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator

from .. import proc, wording

_LISTEN = "0A"
_TAKEN = re.compile(r"address already in use|port \d+ is (?:already )?in use", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{2,5}(?!\d)")


def sockets() -> set[str] | None:
    """The TCP sockets of this network that listen, by inode; None where the system does not say."""
    rows = list(_rows())
    return {inode for _, inode in rows} if rows or os.path.exists("/proc/self/net/tcp") else None


def _rows() -> Iterator[tuple[int, str]]:
    """Each TCP port of this network at which somebody listens, with its socket."""
    for name in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), open(f"/proc/self/net/{name}", encoding="ascii") as file:
            for row in [line.split() for line in file][1:]:
                if row[3] == _LISTEN:
                    yield int(row[1].rpartition(":")[2], 16), row[9]


def taken(words: str) -> str:
    """Who holds a port that a command and its output name, where it says that one is taken; empty
    where it does not say so, or nobody holds one."""
    if not _TAKEN.search(words):
        return ""
    numbers = {int(number) for number in _NUMBER.findall(words)}
    for port, inode in _rows():
        if port in numbers:
            return wording.port_taken(port, *_owner(inode))
    return ""


def _owner(inode: str) -> tuple[int, str, bool]:
    """The process that has a socket, its name, and whether it is one of ours; 0 where it is of
    somebody else."""
    below = proc.descendants(os.getpid())
    for process in (*below, *proc.processes()):
        if held({inode}, [process]):
            with contextlib.suppress(OSError), open(f"/proc/{process}/comm", "rb") as file:
                name = file.read().decode("utf-8", "backslashreplace").strip()
                return process, name, process in below
    return 0, "", False


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
