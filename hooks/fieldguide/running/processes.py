"""Worker processes: how they are started, what they see, how they are ended."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import py_compile
import secrets
import signal
import socket
import struct
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import IO, Any
from weakref import WeakSet

from ..base.paths import WORKER
from ..environments.interpreters import prefix
from ..model import FenceJob, Job, Limits
from .database import DATABASE, socket_folder
from .sandbox import Sandbox

MESSAGE_BYTES = 64 * 1024 * 1024
"""Nothing that comes from a worker is longer."""


SERVER_SECONDS = 30.0
"""Added to a job's wall clock for the start and the end of a production server."""


_running: WeakSet[subprocess.Popen[bytes]] = WeakSet()


def message(
    job: Job, role: str, folder: Path | None = None, processor: int | None = None
) -> dict[str, Any]:
    """The job as a worker reads it; ``role`` is ``app``, ``judge`` or ``both``.

    ``processor`` is the only one that it may use; None leaves it to the system. A group of
    fences has the role ``group``, whatever is said here, and a ``mark`` that nothing of it can
    foresee.
    """
    limits = asdict(job.limits)
    if job.server:
        limits["wall_seconds"] += SERVER_SECONDS
    whole: dict[str, Any] = {
        "role": "group" if isinstance(job, FenceJob) else role,
        "limits": limits,
        "entry": job.main,
        "server": job.server,
        "folder": str(folder) if folder else None,
        "processor": processor,
    }
    if role != "judge":
        files = job.files.items()
        whole["files"] = {name: base64.b64encode(c).decode("ascii") for name, c in files}
    if isinstance(job, FenceJob):
        whole["steps"], whole["mark"] = list(job.steps), secrets.token_hex(8)
        whole["prefix"] = prefix(job.environment)
    elif role != "app":
        whole["contract"] = job.contract.source
        whole["checks"] = [check.name for check in job.contract.checks]
        whole["deviations"] = [deviation.check for deviation in job.snippet.deviations]
    return whole


def start(
    interpreter: Sequence[str],
    arguments: Sequence[str],
    *,
    sandbox: Sandbox,
    sees: Iterable[Path],
    folder: Path,
    limits: Limits,
    stdin: socket.socket | int,
    stdout: int,
    stderr: IO[bytes] | int,
    database: str = "",
) -> subprocess.Popen[bytes]:
    """The worker in that interpreter, inside the sandbox.

    With a ``database``, the sandbox shows the folder of its socket, and a variable names its URL.
    """
    _compile_worker()
    command = [*interpreter, str(WORKER / "__main__.py"), *arguments]
    process = subprocess.Popen(
        sandbox.command(
            command,
            [*sees, *socket_folder(database)],
            folder,
            limits.disk_bytes,
            arguments[0] == "zygote",
        ),
        stdin=stdin if isinstance(stdin, int) else stdin.fileno(),
        stdout=stdout,
        stderr=stderr,
        cwd=folder,
        env=_variables(folder) | ({DATABASE: database} if database else {}),
        start_new_session=True,
    )
    _running.add(process)
    return process


@cache
def _compile_worker() -> None:
    """Compile the worker's files once, as no worker may write: else each would do it again."""
    for path in WORKER.rglob("*.py"):
        compiled, status = Path(cache_from_source(path)), path.stat()
        stamp = (int(status.st_mtime), status.st_size)
        with contextlib.suppress(OSError):  # a folder that cannot be written, or a race
            if not compiled.exists() or struct.unpack("<8xII", compiled.read_bytes()[:16]) != stamp:
                py_compile.compile(str(path), quiet=2)


def _variables(folder: Path) -> dict[str, str]:
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


def end_all() -> None:
    """End every worker process that is still running: the engine stops before its work is done."""
    for process in list(_running):
        if process.poll() is None:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and, where there are groups, all of its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()


def decoded(record: bytes) -> dict[str, Any] | None:
    """A record as a worker wrote it, or None for anything else."""
    try:
        value = json.loads(record)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
