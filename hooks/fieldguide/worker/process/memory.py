"""The memory that the processes of a job take together, as Linux tells it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping

State = Mapping[bytes, int]
"""What the kernel tells of a process, by its name with the colon; memory in KiB."""

_UNIX_BYTES = 2 * 212_992
"""What a local socket can hold for whoever does not read; how much it does hold is not told."""

_CONNECTION_BYTES = 10 << 20
"""What a connection can hold in both directions, as the kernel is set by default."""


def state(process: str) -> State:
    """The numbers of a process; none once it has ended."""
    return _numbers(f"/proc/{process}/status")


def exceeds(most: int, states: Mapping[str, State]) -> bool:
    """Whether processes take more than so many bytes; ``states`` is by process.

    What several share counts for each of them, until that would decide. Then only the share of each
    counts, which is slow to tell.
    """
    kernels = sum(one.get(b"VmPTE:", 0) for one in states.values()) * 1024
    others = kernels + _detached() + sum(map(_nameless, states))
    if others + _total(states.values(), (b"RssAnon:", b"RssShmem:")) > most:
        return others + sum(map(_proportional, states)) > most
    return _in_sockets(most) > most


def _proportional(process: str) -> int:
    """What a process uses; of what it shares only its share, unless it keeps that from us."""
    try:
        shares = _numbers(f"/proc/{process}/smaps_rollup")
    except PermissionError:
        return _total([state(process)], (b"RssAnon:", b"RssShmem:"))
    return _total([shares], (b"Pss_Anon:", b"Pss_Shmem:"))


def _total(states: Iterable[State], names: tuple[bytes, ...]) -> int:
    return sum(one.get(name, 0) for one in states for name in names) * 1024


def _numbers(path: str) -> State:
    """The numbers in a file of names and values; raises PermissionError."""
    try:
        with open(path, "rb") as file:
            words = [line.split(None, 2) for line in file]
    except PermissionError:
        raise
    except OSError:  # it has just ended
        return {}
    return {word[0]: int(word[1]) for word in words if len(word) > 1 and word[1].isdigit()}


def _nameless(process: str) -> int:
    """Bytes in files that are memory and have no name, as memfd_create makes them."""
    size = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{process}/fd"):
            with contextlib.suppress(OSError):
                if os.readlink(entry.path).startswith("/memfd:"):
                    size += entry.stat().st_blocks * 512
    return size


def _in_sockets(most: int) -> int:
    """Bytes that wait in the sockets of the namespace; of local ones, what they may hold.

    The table of connections is long to read, so it is read only where there are many of them.
    """
    used = connections()
    bytes = (sum(1 for _ in _rows("unix")) + used.get("UDP", 0) + used.get("UDP6", 0)) * _UNIX_BYTES
    if (used.get("TCP", 0) + used.get("TCP6", 0)) * _CONNECTION_BYTES > most:
        queues = (row[4] for name in ("tcp", "tcp6") for row in _rows(name))
        bytes += sum(int(half, 16) for queue in queues for half in queue.split(b":"))
    return bytes


def connections() -> dict[str, int]:
    """How many sockets of each protocol the namespace has, and as ``rest`` those of no process."""
    found = {}
    for name in ("sockstat", "sockstat6"):
        with contextlib.suppress(OSError), open(f"/proc/net/{name}", encoding="ascii") as file:
            for line in file:
                protocol, _, numbers = line.partition(":")
                words = numbers.split()
                values = dict(zip(words[::2], map(int, words[1::2]), strict=False))
                found[protocol] = values.get("inuse", 0)
                found["rest"] = found.get("rest", 0) + values.get("tw", 0)
    return found


def _rows(name: str) -> Iterator[list[bytes]]:
    """The sockets of a kind, without the line of names."""
    with contextlib.suppress(OSError), open(f"/proc/net/{name}", "rb") as file:
        next(file, None)
        yield from map(bytes.split, file)


def _detached() -> int:
    """Bytes of shared memory that no process has in use, and that stays all the same."""
    return sum(resident for _, attached, resident in segments() if not attached)


def segments() -> Iterator[tuple[int, int, int]]:
    """The shared memory of System V: number, how many processes use it, bytes in memory."""
    with contextlib.suppress(OSError), open("/proc/sysvipc/shm", "rb") as file:
        names, *rows = [line.split() for line in file]
        for row in rows:
            values = dict(zip(names, map(int, row), strict=False))
            yield values[b"shmid"], values[b"nattch"], values[b"rss"]
