"""Watch over a child: its output, its record, its time, and what it uses of a namespace."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
from math import inf
from time import monotonic, sleep
from typing import Any

from . import namespace
from .run import warning

WHERE = signal.SIGUSR2
"""Makes a child write its stack to stderr."""
RECORD_BYTES = 32 * 1024 * 1024
"""A longer record is no record."""

_DRAIN_SECONDS = 0.05
"""How long output is read after the child's end: a grandchild may hold the pipe for ever."""
_LOOK_SECONDS = 0.1
"""How often a namespace is looked at."""


class Watch:
    """One child's limits, from its start on."""

    def __init__(self, limits: dict[str, Any], control: socket.socket, alone: bool) -> None:
        self._limits = limits
        self._control = control
        self._alone = alone
        self._started = monotonic()
        self._stopped: str | None = None

    def over(self, child: int, record: int, output: int) -> tuple[dict[str, Any], bytes]:
        """Its reply and its record, when it has ended or was stopped."""
        texts: dict[int, bytearray] = {record: bytearray(), output: bytearray()}
        caps = {record: RECORD_BYTES, output: self._limits["output_bytes"]}
        deadline = self._started + self._limits["wall_seconds"]
        asked = deadline - warning(self._limits["wall_seconds"])
        look = self._started + _LOOK_SECONDS if self._alone else inf
        status, drained = None, inf
        end = _end_of(child)
        with selectors.DefaultSelector() as selector:
            for descriptor in (*texts, self._control.fileno(), *([end] if end is not None else [])):
                selector.register(descriptor, selectors.EVENT_READ)
            while True:
                now = monotonic()
                if status is None and now >= asked:
                    asked = inf
                    texts[output] += b"Timeout (asked)\n"  # as a timer of faulthandler begins
                    os.kill(child, WHERE)
                if status is None and now >= look:
                    look = now + _LOOK_SECONDS
                    self._stop(namespace.excess(self._limits))
                if status is None and now >= deadline:
                    self._stop("time")
                if self._stopped and status is None:
                    kill(child, self._alone)
                if status is None:
                    status = _ended(child)
                    drained = now + _DRAIN_SECONDS if status is not None else inf
                open_ = len(selector.get_map()) - 1 - (end is not None)
                if status is not None and (not open_ or monotonic() > drained):
                    break
                if not open_ and end is None:
                    sleep(0.0005)
                for key, _ in selector.select(0.01 if status is None else 0.001):
                    if key.fd == end:
                        selector.unregister(end)
                        os.close(end)
                        end = None
                        continue
                    if key.fd == self._control.fileno():
                        kill(child, self._alone)
                        os._exit(0)  # only an engine that is gone is heard of now
                    chunk = os.read(key.fd, 65536)
                    texts[key.fd] += chunk
                    if not chunk:
                        selector.unregister(key.fd)
                    elif len(texts[key.fd]) > caps[key.fd]:
                        self._stop("output" if key.fd == output else "record")
                        del texts[key.fd][caps[key.fd] :]
                        selector.unregister(key.fd)
        kill(child, False)  # what it left behind in its group
        if end is not None:
            os.close(end)
        os.close(record)
        os.close(output)
        reply = {
            "output": texts[output].decode("utf-8", "backslashreplace"),
            "exit": os.waitstatus_to_exitcode(status),
            "stopped": self._stopped,
            "seconds": monotonic() - self._started,
        }
        return reply, bytes(texts[record])

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
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(-1, signal.SIGKILL)
        return
    for send in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            send(child, signal.SIGKILL)
