"""Waiting for what a command starts: until it serves, has no more to say, or has ended."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from .. import proc
from . import listening, patience
from .patience import Patience
from .terminal import Screen

SERVER_SECONDS = 10.0
"""How long all processes may sleep while a command in the background does not listen yet."""
FOREGROUND_SECONDS = 2.0
"""The same of a command that is to be interrupted, which may be no server."""
_QUIET_LOOKS = 5
"""So many looks in a row they have to sleep and to print nothing more, once it listens ..."""
TALK_SECONDS = 1.0
"""... but only for so much processor time, and for so long while they sleep in between."""
_SEE_EVERY = 5
"""At each so many looks the processes and their sockets are looked at, which takes some time."""
_ADDRESS = re.compile(r"https?://(\[[\da-f:]+\]|[\w.-]+):(\d+)")
_ENOUGH = 65_536
"""So much of an output is read for addresses."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds of processor time, and by the clock, that are waited at most."""

    processor: float
    wall: float


def until_served(
    screen: Screen, before: set[str] | None, bounds: Bounds, idle: float, over: Callable[[], bool]
) -> None:
    """Wait until a process listens that did not before and has no more to say, or all is over, or
    all processes have slept for so long.

    ``before`` are the sockets that have listened before; None where the system does not say.
    """
    waits = Patience(
        idle=min(idle, bounds.wall),
        processor=bounds.processor,
        wall=bounds.wall,
        every=_SEE_EVERY,
    )
    looks = 0
    while not over() and not waits.over:
        if looks % _SEE_EVERY == 0 and _serves(screen, before):
            quiet(screen, bounds)
            return
        waits.wait()
        looks += 1


def quiet(screen: Screen, bounds: Bounds) -> None:
    """Wait until nobody prints any more."""
    talk = Patience(idle=TALK_SECONDS, processor=TALK_SECONDS, wall=bounds.wall / 2)
    looks, length = 0, -1
    while looks < _QUIET_LOOKS and not talk.over:
        asleep = talk.wait()
        before, length = length, screen.size()
        looks = looks + 1 if asleep and length == before else 0


def idles(known: set[int]) -> bool:
    """Whether all processes sleep, and one that is not known yet listens."""
    new = set(proc.descendants(os.getpid())) - known
    return patience.asleep() and listening.held(listening.sockets() or set(), new)


def _serves(screen: Screen, before: set[str] | None) -> bool:
    """Whether a process of ours has begun to listen."""
    if before is not None:
        new = (listening.sockets() or set()) - before
        return bool(new) and listening.held(new, proc.descendants(os.getpid()))
    for host, port in _ADDRESS.findall(screen.read(_ENOUGH).decode("utf-8", "replace")):
        with (
            contextlib.suppress(OSError, OverflowError),
            socket.create_connection((host.strip("[]"), int(port)), 1),
        ):
            return True
    return False


def ended(process: int) -> bool:
    """Whether a process of the shell's has ended."""
    if os.path.isdir("/proc/self"):
        return proc.ended(process)
    asked = ["ps", "-o", "stat=", "-p", str(process)]
    state = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return not state or state.startswith("Z")
