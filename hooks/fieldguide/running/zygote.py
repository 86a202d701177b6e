"""A warm process that forks for each job, as the engine starts it and speaks with it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import IO, Annotated, TypeVar

from ..base.json_records import from_json, strict_loads
from ..environments import interpreters
from ..model import Environment, Framework, Limits, Stopped
from ..model.bounds import SOME, Bounds, Name, Number, Seconds, Status
from .messages import JobMessage
from .processes import Workers, kill

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
START_SECONDS = 180.0
"""How long a framework's import may take, on a machine however busy."""
_GRACE = 0.5
"""After a job's time is over, its zygote may be silent for this share of that time ..."""
_GRACE_SECONDS = 5.0
"""... and at least for so many seconds."""
_LONGEST = 256 * 1024 * 1024
"""Bytes of a message; a zygote keeps the limits of its jobs, which are far below."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one child of a zygote ended."""

    id: Name
    """Of the job that it was told."""
    output: Annotated[str, Bounds(_LONGEST)]
    exit: Status
    stopped: Stopped | None
    seconds: Seconds
    waited: Seconds | None
    waits: bool
    """Of a judge: whether it was waiting for its application's answer, rather than computing."""
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a zygote says when it has started."""

    ready: bool
    missing: Annotated[tuple[Name, ...], SOME]
    threads: Number


Message = TypeVar("Message", Ended, _Ready)


class LostError(Exception):
    """The zygote ended or fell silent; carries what it last wrote to stderr."""


class Zygote:
    """One warm process. Raises `LostError` when it does not start or is lost.

    Args:
        workers: starts it.
        interpreter: of an environment, or a bare one for a judge.
        readable: what of the file system it may read.
        preload: what it imports before it forks, None for a judge; `missing` names what it could
            not import.
        folder: its own; nothing else may use it.
        database: the URL that its jobs are given, if any.
    """

    def __init__(
        self,
        workers: Workers,
        interpreter: Sequence[str],
        readable: Iterable[Path],
        preload: Sequence[str] | None,
        folder: Path,
        limits: Limits,
        database: str = "",
    ) -> None:
        self.moved = workers.circumstances.moved
        """Whether its clock is another one than the machine's."""
        self._stderr: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = workers.start(
                interpreter,
                ["zygote", json.dumps(preload), json.dumps(workers.sandbox.bounded)],
                readable=readable,
                folder=folder,
                limits=limits,
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                database=database,
            )
        ready = self._read(_Ready, START_SECONDS)
        self.missing = ready.missing
        """The modules that it could not preload."""
        if ready.threads != 1:  # a forked child would inherit locks that nobody unlocks
            self.close()
            raise LostError("its framework starts a thread when it is imported")

    def send(self, message: JobMessage, channel: socket.socket | None = None) -> None:
        """Give it a job, with its end of the stream between an application and its judge."""
        content = message.encoded()
        head, passed = [len(content).to_bytes(4, "big")], [channel.fileno()] if channel else []
        try:
            if self._speaks():
                raise self._lost()
            socket.send_fds(self._control, head, passed)
            self._control.sendall(content)
        except OSError:
            raise self._lost() from None
        self._asked = message.id

    def receive(self, wall_seconds: float) -> Ended:
        """How the job's child ended."""
        grace = max(wall_seconds * _GRACE, _GRACE_SECONDS)
        ended = self._read(Ended, wall_seconds + grace)
        if ended.id != self._asked:
            raise self._lost()
        return ended

    def stop(self) -> None:
        """From another thread: the process ends what it runs and itself, and whoever waits for
        its answer gets `LostError`."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def wait(self, seconds: float) -> None:
        """Wait until the process has ended, but no longer."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def close(self) -> None:
        """End the process and everything that it started."""
        self._control.close()
        self.wait(1)
        kill(self._process)
        self._stderr.close()

    def _read(self, kind: type[Message], seconds: float) -> Message:
        """The next message, with its record; ends the process when none comes in time, or anything
        else."""
        deadline = monotonic() + seconds
        content = bytearray()
        try:
            while b"\n" not in content and len(content) < _LONGEST:
                content += self._chunk(deadline)
            head, _, record = bytes(content).partition(b"\n")
            members = strict_loads(head)
            length = members.pop("record", 0)
            if not 0 <= length <= _LONGEST:
                raise ValueError("it answers with a record that is too long")
            while len(record) < length:
                record += self._chunk(deadline)
            if len(record) > length:
                raise ValueError("it answers more than it is asked")
            message = from_json(kind, members)
            return replace(message, record=record) if isinstance(message, Ended) else message
        except (OSError, ValueError, TypeError, AttributeError):
            raise self._lost() from None

    def _speaks(self) -> bool:
        """Whether something came that nobody has asked for, or the end."""
        try:
            self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        return True

    def _chunk(self, deadline: float) -> bytes:
        self._control.settimeout(max(deadline - monotonic(), 0.001))
        chunk = self._control.recv(1 << 20)
        self._control.settimeout(None)
        if not chunk:
            raise ValueError("it ended")
        return chunk

    def _lost(self) -> LostError:
        words = "it ended without a word"
        with contextlib.suppress(OSError, ValueError):
            self._stderr.seek(0)
            text = self._stderr.read().decode("utf-8", "replace").strip()
            words = text.splitlines()[-1] if text else words
        self.close()
        return LostError(words)


def for_snippets(
    workers: Workers,
    environment: Environment,
    framework: Framework | None,
    folder: Path,
    limits: Limits,
    database: str = "",
) -> Zygote:
    """A process that has imported the environment's framework, if it has one."""
    interpreter = interpreters.application(environment)
    readable = interpreters.readable(environment)
    preload = framework.preload if framework is not None else ()
    return Zygote(workers, interpreter, readable, preload, folder, limits, database)


def for_judges(workers: Workers, folder: Path, limits: Limits) -> Zygote:
    """A process for judges, which has imported no framework and no snippet."""
    readable = interpreters.readable(None)
    return Zygote(workers, interpreters.judge(), readable, None, folder, limits)
