"""How long a server that starts is waited for: by what its processes do, not by the clock.

On a busy machine a process that has work may stand in line for a processor for seconds. So time
counts only while every process sleeps; one that does not sleep may use up so much of the processor.
"""

from __future__ import annotations

import os
from time import monotonic, sleep

from .. import proc

LOOK_SECONDS = 0.01
"""How long is slept between two looks."""


class Patience:
    """Waits in short sleeps, and knows when that has been enough.

    Where the system has no ``/proc``, every process counts as one that sleeps.

    Args:
        idle: seconds for which all processes may sleep, counted in looks.
        processor: seconds of processor time that they may use, all together.
        wall: seconds by the clock, a backstop far off.
        every: at each how many looks the processes are looked at, which costs some time itself.
    """

    def __init__(self, *, idle: float, processor: float, wall: float, every: int = 1) -> None:
        self._idle, self._processor, self._every = idle, processor, every
        self._deadline = monotonic() + wall
        self._looks = 0
        self._slept = 0.0
        self._before, _ = _look()
        self._used = 0.0

    @property
    def over(self) -> bool:
        """Whether it has been enough."""
        return (
            self._slept >= self._idle
            or self._used >= self._processor
            or monotonic() >= self._deadline
        )

    def wait(self) -> bool:
        """Sleep until the next look; whether all processes slept when they were looked at last."""
        sleep(LOOK_SECONDS)
        self._looks += 1
        if self._looks % self._every:
            return False
        used, asleep = _look()
        self._used = used - self._before
        if asleep:
            self._slept += LOOK_SECONDS * self._every
        return asleep


def asleep() -> bool:
    """Whether all processes that we started sleep now."""
    return _look()[1]


def _look() -> tuple[float, bool]:
    """The processor time of all that we started, in seconds, and whether all of them sleep."""
    used, asleep = 0.0, True
    for process in proc.descendants(os.getpid()):
        states = {state for thread in proc.threads(process) for state in proc.fields(thread)[:1]}
        asleep = asleep and not {b"R", b"D"} & states
        used += proc.used(process)
    return used, asleep
