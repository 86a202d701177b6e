"""What process 1 of a job's own namespace does: hide, look around, sweep.

Linux only, inside bubblewrap: everything here takes for granted that every other process, and
every file of the given folders, is a job's.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

from ..folders import clear

PLACE = Path(os.path.realpath(os.environ.get("TMPDIR") or "."))
"""Where jobs have their folders. (`tempfile` would say the same, and bring half a library.)"""

_PR_SET_DUMPABLE = 4
_IPC_RMID = 0
_FILES = 20_000
"""So many files may be in a sandbox at once: tmpfs counts them against nobody's limit."""


@cache
def _libc() -> Any:
    import ctypes

    return ctypes.CDLL(None)


def alone() -> bool:
    """Whether this is process 1 of a namespace of its own, so that all others in it are a job's.

    The engine is not in it: nobody but the first process of a new namespace has that number.
    """
    return os.getpid() == 1


def end_others() -> None:
    """End every process of the namespace but this one.

    Raises RuntimeError anywhere else: there the same signal would reach every process of the user.
    """
    if not alone():
        raise RuntimeError("only process 1 of its own namespace may end all others")
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(-1, signal.SIGKILL)


def hide() -> None:
    """Let no other process trace this one or read its memory, though it has the same user."""
    _dumpable(0)


def show() -> None:
    """Undo `hide` in a child, which may look at itself."""
    _dumpable(1)


def _dumpable(value: int) -> None:
    _libc().prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def excess(limits: dict[str, Any]) -> str | None:
    """Which limit the namespace as a whole is over: ``processes``, ``memory``, ``files``."""
    others = [name for name in os.listdir("/proc") if name.isdigit() and name != "1"]
    if len(others) > limits["processes"]:
        return "processes"
    if _memory(others, _resident) > limits["memory_bytes"] < _memory(others, _proportional):
        return "memory"
    room = os.statvfs(PLACE)
    return "files" if room.f_files - room.f_ffree > _FILES else None


def _memory(processes: Iterable[str], of: Callable[[str], int]) -> int:
    """Bytes of memory that they take together, which no file of a disk holds."""
    detached = sum(resident for _, attached, resident in _segments() if not attached)
    return detached + sum(of(process) + _nameless(process) for process in processes)


def _resident(process: str) -> int:
    """What a process uses; what it shares with another counts for both."""
    return _sum(f"/proc/{process}/status", (b"RssAnon:", b"RssShmem:"))


def _proportional(process: str) -> int:
    """What a process uses; of what it shares only its share. Slow, and it may be kept from us."""
    try:
        return _sum(f"/proc/{process}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:"))
    except PermissionError:
        return _resident(process)


def _sum(path: str, names: tuple[bytes, ...]) -> int:
    try:
        with open(path, "rb") as file:
            return sum(int(line.split()[1]) * 1024 for line in file if line.startswith(names))
    except PermissionError:
        raise
    except (OSError, ValueError):  # it has just ended
        return 0


def _nameless(process: str) -> int:
    """Bytes in files that are memory and have no name, as memfd_create makes them."""
    size = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{process}/fd"):
            with contextlib.suppress(OSError):
                if os.readlink(entry.path).startswith("/memfd:"):
                    size += entry.stat().st_blocks * 512
    return size


def _segments() -> Iterator[tuple[int, int, int]]:
    """The shared memory of System V: number, how many processes use it, bytes in memory."""
    with contextlib.suppress(OSError), open("/proc/sysvipc/shm", "rb") as file:
        names, *rows = [line.split() for line in file]
        for row in rows:
            values = dict(zip(names, map(int, row), strict=False))
            yield values[b"shmid"], values[b"nattch"], values[b"rss"]


def sweep() -> None:
    """End every process of the namespace but this one, and wait until they are gone."""
    while True:
        end_others()
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            break
        sleep(0.0005)
    for segment, _, _ in list(_segments()):  # no process holds it, so none takes it along
        _libc().shmctl(segment, _IPC_RMID, None)


def empty(*folders: Path) -> None:
    """Remove everything in the folders."""
    for folder in folders:
        if folder.is_dir():
            clear(folder)
