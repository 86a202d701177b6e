"""The engine's end of a worker process: warm and forking, or fresh for one job."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any

from .jobs import WORKER
from .model import Environment, Framework, Job, Limits

CAN_FORK = hasattr(os, "fork")
START_SECONDS = 60.0
"""How long a framework's import may take."""
SERVER_SECONDS = 30.0
"""Added to a job's wall clock for the start and the end of a production server."""
_GRACE_SECONDS = 5.0
"""How long after a job's limit its zygote may still be silent."""
_MESSAGE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """How one job's process ended, and what it left."""

    record: Mapping[str, Any] | None
    """The worker's record; None where it wrote none, or no whole one."""
    output: str
    exit: int
    """Exit status, or the negative number of a signal."""
    stopped: str | None
    """Why it was ended from outside: ``time``, ``output``, ``record``."""
    seconds: float


class LostError(Exception):
    """The zygote ended or fell silent; carries what it last wrote to stderr."""


def message(job: Job, folder: Path | None = None) -> dict[str, Any]:
    """The job as the worker reads it."""
    wall = job.limits.wall_seconds + (SERVER_SECONDS if job.server else 0)
    return {
        "files": {n: base64.b64encode(c).decode("ascii") for n, c in job.snippet.files.items()},
        "entry": job.snippet.entry,
        "contract": job.contract.source,
        "checks": [check.name for check in job.contract.checks],
        "deviations": [deviation.check for deviation in job.snippet.deviations],
        "limits": {"wall_seconds": wall, "output_bytes": job.limits.output_bytes},
        "server": job.server,
        "folder": str(folder) if folder else None,
    }


class Zygote:
    """One warm process: it has imported its framework, and forks for each job.

    Raises `LostError` when it does not start or is lost; `missing` names what could not be
    preloaded.
    """

    def __init__(self, environment: Environment, framework: Framework, folder: Path) -> None:
        self._stderr: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        preload = json.dumps(framework.preload)
        self._process = _start(environment, ["zygote", preload], folder, self._stderr)
        ready = self._read(START_SECONDS)
        self.missing: tuple[str, ...] = tuple(ready["missing"])
        if ready["threads"] != 1:  # a forked child would inherit locks that nobody unlocks
            self.close()
            raise LostError(f"{framework.title} starts a thread when it is imported")

    def run(self, job: Job) -> Reply:
        """Run one job."""
        content = json.dumps(message(job)).encode("utf-8") + b"\n"
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(content)
            self._process.stdin.flush()
        except OSError:
            words = self._last_words()
            self.close()
            raise LostError(words) from None
        answer = self._read(job.limits.wall_seconds + _GRACE_SECONDS)
        return Reply(**{**answer, "record": _decoded(answer["record"])})

    def close(self) -> None:
        """End the process and everything in its group."""
        with contextlib.suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        _kill(self._process)
        self._stderr.close()

    def _read(self, seconds: float) -> dict[str, Any]:
        """The next message; ends the process when none comes in time."""
        assert self._process.stdout is not None
        timer = threading.Timer(seconds, _kill, [self._process])
        timer.start()
        try:
            line = self._process.stdout.readline(_MESSAGE_BYTES)
            answer: dict[str, Any] = json.loads(line)
            answer["record"] = self._process.stdout.read(answer.get("record", 0))
        except (OSError, ValueError):
            words = self._last_words()
            self.close()
            raise LostError(words) from None
        finally:
            timer.cancel()
        return answer

    def _last_words(self) -> str:
        with contextlib.suppress(OSError, ValueError):
            self._stderr.seek(0)
            text = self._stderr.read().decode("utf-8", "replace").strip()
            return text.splitlines()[-1] if text else "it ended without a word"
        return "it ended without a word"


def fresh(job: Job, folder: Path) -> Reply:
    """Run one job in an interpreter of its own; for platforms without fork, and for servers."""
    started = monotonic()
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as own:
        inside = Path(os.path.realpath(own))
        request = message(job, inside)
        process = _start(job.environment, ["once"], inside, subprocess.PIPE)
        record = _Reader(process, process.stdout, _MESSAGE_BYTES)
        output = _Reader(process, process.stderr, job.limits.output_bytes)
        assert process.stdin is not None
        with contextlib.suppress(OSError), process.stdin:
            process.stdin.write(json.dumps(request).encode("utf-8"))
        stopped = None
        try:
            process.wait(request["limits"]["wall_seconds"])
        except subprocess.TimeoutExpired:
            stopped = "time"
        _kill(process)
        for reader in (record, output):
            reader.join(0.2)
        stopped = "output" if output.full else "record" if record.full else stopped
        return Reply(
            record=_decoded(bytes(record.content)),
            output=output.content.decode("utf-8", "backslashreplace"),
            exit=process.returncode,
            stopped=stopped,
            seconds=monotonic() - started,
        )


def _decoded(record: bytes) -> dict[str, Any] | None:
    """A record as the worker wrote it, or None for anything else."""
    try:
        value = json.loads(record)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


class _Reader(threading.Thread):
    """Reads a pipe to its end, or until it is full; then the process is stopped."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: IO[bytes] | None, cap: int) -> None:
        super().__init__(daemon=True)
        self.content = bytearray()
        self.full = False
        self._process, self._pipe, self._cap = process, pipe, cap
        self.start()

    def run(self) -> None:
        assert self._pipe is not None
        while chunk := os.read(self._pipe.fileno(), 65536):
            self.content += chunk
            if len(self.content) > self._cap:
                del self.content[self._cap :]
                self.full = True
                _kill(self._process)
                return


def _start(
    environment: Environment, arguments: list[str], folder: Path, stderr: IO[bytes] | int
) -> subprocess.Popen[bytes]:
    """The worker in the environment's interpreter. The sandbox goes around this command."""
    return subprocess.Popen(
        # -s and -P: nothing but the environment is importable; -u: output survives an abrupt end;
        # -B: no bytecode of a snippet, which runs once.
        [str(environment.python), "-sPBu", "-X", "utf8", str(WORKER / "__main__.py"), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=folder,
        env=_variables(folder),
        start_new_session=True,
    )


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


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and, where there are groups, all of its group."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()


__all__ = ["CAN_FORK", "Limits", "LostError", "Reply", "Zygote", "fresh"]
