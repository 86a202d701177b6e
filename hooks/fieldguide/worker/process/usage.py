"""What a job's processes use of the processor, and how long they wait for one, as Linux tells."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
"""So many of a process's units of processor time are a second."""
_TELLS = os.path.exists("/proc/self/stat")
_TELLS_WAITING = os.path.exists("/proc/self/schedstat")


class Usage:
    """Both figures of one job, from look to look.

    Args:
        child: the job's first process; None for every process of a namespace but process 1.
    """

    used = 0.0
    """Seconds of processor time, of all its processes together; 0 where the system does not say."""

    def __init__(self, child: int | None) -> None:
        self._child = child
        self._waited: dict[int, int] = {}

    def look(self) -> None:
        """Read both figures anew."""
        if not _TELLS:
            return
        processes = _namespace() if self._child is None else _family(self._child)
        self.used = sum(map(_used, processes)) / _TICKS
        # Kept by process: one that has ended, such as a shell's command, has waited all the same.
        self._waited.update((process, _waited(process)) for process in processes)

    @property
    def waited(self) -> float | None:
        """Seconds that they were ready to run and had no processor; None where nobody says it."""
        return sum(self._waited.values()) / 1e9 if _TELLS_WAITING else None


def _namespace() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and name != "1"]


def _family(process: int) -> list[int]:
    """A process and all below it."""
    family, parents = [process], [process]
    while parents:
        children = [child for parent in parents for child in _children(parent)]
        family += children
        parents = children
    return family


def _children(process: int) -> Iterable[int]:
    for thread in _threads(process):
        with contextlib.suppress(OSError), open(f"{thread}/children", "rb") as file:
            yield from map(int, file.read().split())


def _threads(process: int) -> list[str]:
    with contextlib.suppress(OSError):
        return [entry.path for entry in os.scandir(f"/proc/{process}/task")]
    return []


def _used(process: int) -> int:
    """Ticks that it used itself and that its ended children used, in user and in system mode."""
    with contextlib.suppress(OSError, ValueError), open(f"/proc/{process}/stat", "rb") as file:
        return sum(map(int, file.read().rpartition(b")")[2].split()[11:15]))
    return 0


def _waited(process: int) -> int:
    """Nanoseconds that its threads stood in line for a processor."""
    waited = 0
    for thread in _threads(process):
        with contextlib.suppress(OSError, ValueError), open(f"{thread}/schedstat", "rb") as file:
            waited += int(file.read().split()[1])
    return waited
