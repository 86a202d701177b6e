"""Run a job in an interpreter of its own: on platforms without fork, and under a real server."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import IO

from ..environments import interpreters
from ..model import Job, Reply, Stopped
from ..model.bounds import RECORD_BYTES
from . import messages
from .again import starvation
from .messages import JobMessage, Role
from .processes import Workers, kill
from .sandbox import Sandbox

_PAUSE_SECONDS = 0.5
"""How long output may pause after the end of its process, where something holds its pipe open."""


def fresh(job: Job, folder: Path, workers: Workers) -> Reply:
    """Both sides of one job, started anew in a folder below ``folder``."""
    started = monotonic()
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
        inside = Path(os.path.realpath(own))
        message = messages.message(job, Role.BOTH, inside / "snippet")
        # By a clock that both processes have: an interpreter may take its time to start.
        deadline = started + message.limits.wall_seconds
        process = workers.start(
            interpreters.application(job.environment),
            ["once"],
            readable=interpreters.readable(job.environment),
            folder=inside,
            limits=job.limits,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            database=job.database,
            # The judge of a server is: bubblewrap's reaper would hold the end of the record's pipe
            # open for everybody. A snippet is not: no signal of its own would end it.
            first=bool(job.server),
        )
        record = _Reader(process, process.stdout, RECORD_BYTES)
        output = _Reader(process, process.stderr, job.limits.output_bytes)
        stopped, waited = _watched(process, replace(message, deadline=deadline), deadline)
        for reader in (record, output):
            reader.finish()
        exit = _status(process.returncode, workers.sandbox)
        if -exit == getattr(signal, "SIGXCPU", None):
            stopped = Stopped.PROCESSOR
        if output.full or record.full:
            stopped = Stopped.OUTPUT if output.full else Stopped.RECORD
        return Reply(
            record=messages.read(job, bytes(record.content)),
            output=output.content.decode("utf-8", "backslashreplace"),
            exit=exit,
            stopped=stopped,
            seconds=monotonic() - started,
            waited=waited,
            mark=message.mark,
            moved=workers.circumstances.moved,
        )


def _watched(
    process: subprocess.Popen[bytes], message: JobMessage, deadline: float
) -> tuple[Stopped | None, float | None]:
    """Tell the process its job and end it, at the deadline where it has not ended by itself.

    Returns why it was ended, and how long it had waited for a processor then.
    """
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        # It stays open: its end tells the process that the engine is gone.
        process.stdin.write(message.encoded() + b"\n")
        process.stdin.flush()
    stopped: Stopped | None = None
    waited: float | None = None
    try:
        process.wait(max(deadline - monotonic(), 0))
    except subprocess.TimeoutExpired:
        stopped, waited = Stopped.TIME, starvation.waited(process.pid)
    kill(process)
    with contextlib.suppress(OSError):
        process.stdin.close()
    return stopped, waited


def _status(status: int, sandbox: Sandbox) -> int:
    """The worker's own status: bubblewrap reports a signal as 128 plus its number."""
    return 128 - status if sandbox.bounded and status > 128 else status


def _waits(pipe: IO[bytes]) -> bool:
    """Whether something is there to be read; no, where the system does not tell."""
    if os.name == "nt":
        return False
    return bool(select.select([pipe], [], [], 0)[0])


class _Reader(threading.Thread):
    """Reads a pipe to its end, or until it is full; then the process is stopped."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes] | None, cap: int) -> None:
        super().__init__(daemon=True)
        self.content = bytearray()
        self.full = False
        self._raised: Exception | None = None
        self._process, self._pipe, self._cap = process, pipe, cap
        self.start()

    def finish(self) -> None:
        """Wait for what the process wrote before it ended; what it left may hold the pipe open.

        On a busy machine this thread may have to wait for a processor before it reads. Raises what
        reading raised.
        """
        assert self._pipe is not None
        while self.is_alive():
            before = len(self.content)
            self.join(_PAUSE_SECONDS)
            if len(self.content) == before and not _waits(self._pipe):
                break
        if self._raised is not None:
            raise self._raised

    def run(self) -> None:
        """Read."""
        try:
            self._read()
        except Exception as error:
            self._raised = error

    def _read(self) -> None:
        assert self._pipe is not None
        while chunk := os.read(self._pipe.fileno(), 65536):
            self.content += chunk
            if len(self.content) > self._cap:
                del self.content[self._cap :]
                self.full = True
                kill(self._process)
                return
