"""What a job's processes use of the processor, and how long they wait for one, as Linux tells."""

from __future__ import annotations

import os

from .. import proc

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
        self._waited: dict[int, float] = {}

    def look(self) -> None:
        """Read both figures anew."""
        if not _TELLS:
            return
        if self._child is None:
            processes = [process for process in proc.processes() if process != 1]
        else:
            processes = [self._child, *proc.descendants(self._child)]
        self.used = sum(map(proc.used, processes))
        # Kept by process: one that has ended, such as a shell's command, has waited all the same.
        self._waited.update((process, proc.waited(process)) for process in processes)

    @property
    def waited(self) -> float | None:
        """Seconds that they were ready to run and had no processor; None where nobody says it."""
        return sum(self._waited.values()) if _TELLS_WAITING else None
