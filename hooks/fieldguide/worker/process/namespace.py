"""What process 1 of a job's own namespace does: hide, look around, sweep.

Linux only, inside bubblewrap: everything here takes for granted that every other process, and
every file of the given folders, is a job's.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

from ..folders import clear
from . import memory

PLACE = Path(os.path.realpath(os.environ.get("TMPDIR") or "."))
"""Where jobs have their folders. (`tempfile` would say the same, and bring half a library.)"""
PLACES = (PLACE, Path("/dev/shm"))
"""All that a job may write to, where it is in a sandbox."""

_PR_SET_DUMPABLE = 4
_IPC_RMID = 0
_KEYCTL = {"x86_64": 250, "aarch64": 219}
"""The number of that system call; the C library has no function for it."""
_JOIN_SESSION_KEYRING = 1
_FILES = 20_000
"""So many files may be in a sandbox at once: tmpfs counts them against nobody's limit."""


@cache
def libc() -> Any:
    """The C library, for what the standard library has no function for."""
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


def forget_keys() -> None:
    """Take an empty session keyring: that of whoever started the engine is inherited by all.

    No namespace holds keyrings apart. Where the kernel has none, there is nothing to forget.
    """
    number = _KEYCTL.get(os.uname().machine)
    if sys.platform == "linux" and number is not None:
        libc().syscall(number, _JOIN_SESSION_KEYRING, None)


def hide() -> None:
    """Let no other process trace this one or read its memory, though it has the same user."""
    _dumpable(0)


def show() -> None:
    """Undo `hide` in a child, which may look at itself."""
    _dumpable(1)


def _dumpable(value: int) -> None:
    libc().prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def excess(limits: dict[str, Any]) -> str | None:
    """Which limit the namespace as a whole is over: ``processes``, ``threads``, ``memory``,
    ``files``."""
    others = [name for name in os.listdir("/proc") if name.isdigit() and name != "1"]
    if len(others) > limits["processes"]:
        return "processes"
    states = {process: memory.state(process) for process in others}
    if sum(state.get(b"Threads:", 0) for state in states.values()) > limits["threads"]:
        return "threads"
    if memory.exceeds(limits["memory_bytes"], states):
        return "memory"
    room = os.statvfs(PLACE)
    return "files" if room.f_files - room.f_ffree > _FILES else None


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
    for segment, _, _ in list(memory.segments()):  # no process holds it, so none takes it along
        libc().shmctl(segment, _IPC_RMID, None)


def empty(*folders: Path) -> None:
    """Remove everything in the folders."""
    for folder in folders:
        if folder.is_dir():
            clear(folder)
