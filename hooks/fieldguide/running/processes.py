"""Worker processes: how they are started, what they see, how they are ended."""

from __future__ import annotations

import contextlib
import os
import py_compile
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
from collections import deque
from collections.abc import Iterable, Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import IO
from weakref import WeakSet

from ..base.paths import WORKER
from ..model import Limits
from .again.circumstances import FIRST, Circumstances
from .boundary.database import DATABASE, socket_folder
from .boundary.groups import Groups
from .sandbox import Sandbox

PREFIX = "fieldguide-"
"""Of the name of a run's folder; the engine's own number comes next."""


class Workers:
    """The worker processes of one run.

    Args:
        sandbox: what goes around each of them.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.circumstances: Circumstances = FIRST
        """Of everything that is started."""
        self.groups = Groups(f"{folder_prefix()}{os.urandom(4).hex()}-")
        """The control groups of those that are in a sandbox."""
        self._running: WeakSet[subprocess.Popen[bytes]] = WeakSet()
        self._grouped: deque[tuple[subprocess.Popen[bytes], tuple[Path, ...]]] = deque()
        _compile_worker()

    def start(
        self,
        interpreter: Sequence[str],
        arguments: Sequence[str],
        *,
        readable: Iterable[Path],
        folder: Path,
        limits: Limits,
        stdin: socket.socket | int,
        stdout: int,
        stderr: IO[bytes] | int,
        database: str = "",
        first: bool = True,
    ) -> subprocess.Popen[bytes]:
        """A worker in that interpreter, inside the sandbox, where it may read ``readable``.

        ``first`` is as of `Sandbox.command`. With a ``database``, the sandbox shows the folder of
        its socket, and a variable names its URL.
        """
        entered = self._group(limits)
        library = self.circumstances.library
        process = self.sandbox.start(
            [*interpreter, str(WORKER / "__main__.py"), *arguments],
            [*readable, *socket_folder(database), *([library] if library else [])],
            folder,
            limits.disk_bytes,
            first,
            variables=self.circumstances.variables,
            groups=entered,
            stdin=stdin if isinstance(stdin, int) else stdin.fileno(),
            stdout=stdout,
            stderr=stderr,
            cwd=folder,
            env=variables(folder) | ({DATABASE: database} if database else {}),
            start_new_session=True,
        )
        self._running.add(process)
        if entered:
            self._grouped.append((process, entered))
        return process

    def _group(self, limits: Limits) -> tuple[Path, ...]:
        """A control group for a new worker; those of workers that have ended are removed."""
        for _ in range(len(self._grouped)):
            with contextlib.suppress(IndexError):  # another thread looks through them, too
                process, entered = self._grouped.popleft()
                if process.poll() is None:
                    self._grouped.append((process, entered))
                else:
                    self.groups.remove(entered)
        return self.groups.make(limits) if self.sandbox.bounded else ()

    def end(self) -> None:
        """End every process that still runs: the engine stops before its work is done."""
        for process in list(self._running):
            if process.poll() is None:
                kill(process)
        self.groups.end()

    def sweep(self) -> None:
        """Remove what engines have left that were killed."""
        sweep_leftovers()
        if self.sandbox.bounded:
            self.groups.sweep(
                f"{PREFIX}*", lambda name: f"-{_table()}-" in name and _abandoned(name)
            )


def variables(folder: Path) -> dict[str, str]:
    """All that a worker sees of the engine's environment variables: what Windows cannot miss."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC") if name in os.environ}
    place = str(folder)
    return kept | {
        "PATH": os.defpath,
        "HOME": place,
        "TMPDIR": place,
        "TEMP": place,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
    }


def processor(number: int) -> int | None:
    """The processor for a thread's jobs; None where the system does not name its processors."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[number % len(allowed)]


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and, where there are groups, all of its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()


def _compile_worker() -> None:
    """Compile the worker's files, because no worker may write: each would do it again."""
    for path in WORKER.rglob("*.py"):
        compiled, status = Path(cache_from_source(path)), path.stat()
        stamp = (int(status.st_mtime), status.st_size)
        with contextlib.suppress(OSError):  # a folder that cannot be written, or a race
            if not compiled.exists() or struct.unpack("<8xII", compiled.read_bytes()[:16]) != stamp:
                py_compile.compile(str(path), quiet=2)


def folder_prefix() -> str:
    """How the name of this engine's own folder begins: with its number, and where it counts."""
    return f"{PREFIX}{os.getpid()}-{_table()}-"


def sweep_leftovers() -> None:
    """Remove the folders of engines that were killed. Of one in a container, which shares this
    folder and numbers its processes anew, nobody here knows whether it runs."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-{_table()}-*"):
        if _abandoned(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _abandoned(name: str) -> bool:
    """Whether the engine whose number is in a name has ended."""
    number = name.removeprefix(PREFIX).partition("-")[0]
    return number.isascii() and number.isdigit() and not _alive(int(number))


def _table() -> str:
    """The table of processes in which this one has its number; 0 where there is only one."""
    try:
        return "".join(filter(str.isdigit, os.readlink("/proc/self/ns/pid"))) or "0"
    except OSError:
        return "0"


def _alive(process: int) -> bool:
    if os.name == "nt":  # there os.kill ends the process that it asks about
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
