"""Watch over a child: its output, its record, its time, and what it uses of the machine."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
from math import inf
from time import monotonic
from typing import Any

from ..streams import warning
from . import namespace
from .usage import Usage

WHERE = signal.SIGUSR2
"""Makes a child write its stack to stderr."""
RECORD_BYTES = 32 * 1024 * 1024
"""The longest record that is read; a child that writes more is ended."""

_DRAIN_SECONDS = 0.05
"""How long output may pause after the child's end: a grandchild may hold the pipe for ever. What
was written before is read in any case, however long this process waited for a processor."""
_LOOK_SECONDS = 0.1
"""How often the child's processor time and its namespace are looked at."""
_STACK_SECONDS = 0.5
"""How long a child that has used up its processor time has to write where it stands."""


class Watch:
    """One child's limits, from its start on.

    Processor time is what a child is held to. The wall clock ends one that waits for ever.
    """

    def __init__(self, limits: dict[str, Any], control: socket.socket, alone: bool) -> None:
        wall = limits["wall_seconds"]
        self._limits = limits
        self._control = control
        self._alone = alone
        self._started = monotonic()
        self._look = self._started + _LOOK_SECONDS
        self._deadline = self._started + wall
        self._ask = self._deadline - warning(wall)
        self._ended_by = "time"
        """What the deadline stands for."""
        self._stopped: str | None = None

    def over(self, child: int, record: int, output: int) -> tuple[dict[str, Any], bytes]:
        """Its reply and its record, when it has ended or was stopped."""
        self._texts = {record: bytearray(), output: bytearray()}
        self._caps = {
            record: (RECORD_BYTES, "record"),
            output: (self._limits["output_bytes"], "output"),
        }
        usage = Usage(None if self._alone else child)
        end = _end_of(child)
        with selectors.DefaultSelector() as self._selector:
            for descriptor in (record, output, self._control.fileno()):
                self._selector.register(descriptor, selectors.EVENT_READ)
            if end is not None:
                self._selector.register(end, selectors.EVENT_READ)
            while (status := _ended(child)) is None:
                self._check(child, usage, self._texts[output])
                self._read(child, 0.01)
            if end is not None:
                self._selector.unregister(end)
                os.close(end)
            kill(child, False)  # what it left behind in its group
            self._read_rest(child)
        status = os.waitstatus_to_exitcode(status)
        # Though it may have ended while it said where it stands; or the kernel has ended it.
        if self._ended_by == "processor" or -status == signal.SIGXCPU:
            self._stop("processor")
        os.close(record)
        os.close(output)
        reply = {
            "output": self._texts[output].decode("utf-8", "backslashreplace"),
            "exit": status,
            "stopped": self._stopped,
            "seconds": monotonic() - self._started,
            "waited": usage.waited,
        }
        return reply, bytes(self._texts[record])

    def _read(self, child: int, seconds: float) -> bool:
        """Read what comes within that time; whether anything did."""
        ready = [key.fd for key, _ in self._selector.select(seconds)]
        for descriptor in ready:
            if descriptor == self._control.fileno():
                kill(child, self._alone)
                os._exit(0)  # only an engine that is gone is heard of now
            if descriptor in self._texts and self._take(descriptor):
                self._selector.unregister(descriptor)
        return bool(ready)

    def _read_rest(self, child: int) -> None:
        """Read what was written before the child's end."""
        drained = monotonic() + _DRAIN_SECONDS
        while any(pipe in self._selector.get_map() for pipe in self._texts):
            came = self._read(child, 0.001)
            if monotonic() > (max(drained, self._deadline) if came else drained):
                return

    def _take(self, pipe: int) -> bool:
        """Read more of a pipe into its text; whether nothing more is wanted of it."""
        text, (cap, name) = self._texts[pipe], self._caps[pipe]
        chunk = os.read(pipe, 65536)
        text += chunk
        if len(text) <= cap:
            return not chunk
        self._stop(name)
        del text[cap:]
        return True

    def _check(self, child: int, usage: Usage, output: bytearray) -> None:
        """Look at what is due of time and usage; end the child once it is over a limit."""
        now = monotonic()
        if now >= self._look:
            self._look = now + _LOOK_SECONDS
            usage.look()
            if self._alone:
                self._stop(namespace.excess(self._limits))
            if usage.used >= self._limits["cpu_seconds"] and self._ended_by == "time":
                self._ended_by = "processor"
                self._ask = min(self._ask, now)
                self._deadline = min(self._deadline, now + _STACK_SECONDS)
        if now >= self._ask:
            self._ask = inf
            output += b"Timeout (asked)\n"  # as a timer of faulthandler begins
            os.kill(child, WHERE)
        if now >= self._deadline:
            self._stop(self._ended_by)
        if self._stopped:
            kill(child, self._alone)

    def _stop(self, why: str | None) -> None:
        self._stopped = self._stopped or why


def _end_of(child: int) -> int | None:
    """A descriptor that can be read when the child has ended; None where there is no such thing,
    and it has to be asked for again and again."""
    try:
        return os.pidfd_open(child)
    except (AttributeError, OSError):
        return None


def _ended(child: int) -> int | None:
    pid, status = os.waitpid(child, os.WNOHANG)
    return status if pid else None


def kill(child: int, alone: bool) -> None:
    """End the child and everything in its group, or in the namespace that is all its own."""
    if alone:
        namespace.end_others()
        return
    for send in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            send(child, signal.SIGKILL)
