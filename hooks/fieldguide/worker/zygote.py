"""The warm process: import the framework once, then fork for each job.

Speaks lines of JSON: one job in on stdin, one reply out on stdout, followed by the record that the
child wrote, byte for byte and as long as the reply says. Nothing of a snippet ever runs
in this process, and its channels are closed in the child.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import importlib
import inspect
import json
import os
import selectors
import shutil
import signal
import sys
import tempfile
import threading
from math import inf
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from .assertions import compile_contract
from .checks import CONTRACT
from .run import run_and_report, warning, write_files

RECORD_BYTES = 32 * 1024 * 1024
"""A longer record is no record."""

_WARM = ("encodings.idna", "encodings.unicode_escape", "html.parser", "http.cookies")
"""What frameworks and contracts of every kind import late."""

_WHERE = signal.SIGUSR2
"""Makes a child write its stack to stderr."""

_DRAIN_SECONDS = 0.05
"""How long output is read after the child's end: a grandchild may hold the pipe for ever."""


def serve(preload: list[str]) -> None:
    """Say that it is ready, then answer jobs until stdin ends."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    missing = []
    for name in (*preload, *_WARM):
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    # Fills inspect's map of files to modules, which frameworks ask where a decorator stands.
    inspect.getmodule(sys._getframe())
    # Asked by a signal, a child tells where it stands; a timer would cost each of them a thread.
    faulthandler.register(_WHERE, file=2)
    gc.collect()
    gc.freeze()  # else the first collection in every child copies the whole heap
    _say(outgoing, {"ready": True, "missing": missing, "threads": threading.active_count()})
    for line in incoming:
        reply, record = _answer(json.loads(line))
        _say(outgoing, {**reply, "record": len(record)}, record)


def _say(channel: Any, message: dict[str, Any], record: bytes = b"") -> None:
    channel.write(json.dumps(message).encode("utf-8") + b"\n" + record)
    channel.flush()


def _answer(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Run one job in a child of its own, in a folder of its own."""
    folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="fieldguide-")))
    try:
        write_files(folder, job["files"])
        with contextlib.suppress(SyntaxError, ValueError):
            compile_contract(job["contract"], CONTRACT)  # kept: no child does it again
        return _fork(job, folder)
    finally:
        discard(folder)


def _fork(job: dict[str, Any], folder: Path) -> tuple[dict[str, Any], bytes]:
    record_out, record_in = os.pipe()
    output_out, output_in = os.pipe()
    started = monotonic()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            for descriptor in (1, 2):
                os.dup2(output_in, descriptor)
            keep = 3
            os.dup2(record_in, keep, inheritable=False)
            os.closerange(keep + 1, 4096)
            run_and_report(job, folder, keep)
        finally:
            os._exit(70)  # EX_SOFTWARE: reached only when the report itself failed
    os.close(record_in)
    os.close(output_in)
    return _watch(child, record_out, output_out, job["limits"], started)


def _watch(
    child: int, record: int, output: int, limits: dict[str, Any], started: float
) -> tuple[dict[str, Any], bytes]:
    """Read the child's channels until it ends, its time is over or it wrote too much."""
    texts: dict[int, bytearray] = {record: bytearray(), output: bytearray()}
    caps = {record: RECORD_BYTES, output: limits["output_bytes"]}
    deadline = started + limits["wall_seconds"]
    asked = deadline - warning(limits["wall_seconds"])
    stopped, status, drained = None, None, None
    with selectors.DefaultSelector() as selector:
        for descriptor in texts:
            selector.register(descriptor, selectors.EVENT_READ)
        while True:
            now = monotonic()
            if status is None and now >= asked:
                asked = inf
                texts[output] += b"Timeout (asked)\n"  # as a timer of faulthandler begins
                os.kill(child, _WHERE)
            if status is None and stopped is None and now >= deadline:
                stopped = "time"
            if stopped and status is None:
                kill(child)
            if status is None:
                status = _ended(child)
                drained = now + _DRAIN_SECONDS if status is not None else None
            if status is not None and (not selector.get_map() or monotonic() > (drained or 0)):
                break
            if not selector.get_map():
                sleep(0.0005)
            for key, _ in selector.select(0.01 if status is None else 0.001):
                chunk = os.read(key.fd, 65536)
                texts[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fd)
                elif len(texts[key.fd]) > caps[key.fd]:
                    stopped = stopped or ("output" if key.fd == output else "record")
                    del texts[key.fd][caps[key.fd] :]
                    selector.unregister(key.fd)
    kill(child)  # what it left behind in its group
    os.close(record)
    os.close(output)
    reply = {
        "output": texts[output].decode("utf-8", "backslashreplace"),
        "exit": os.waitstatus_to_exitcode(status),
        "stopped": stopped,
        "seconds": monotonic() - started,
    }
    return reply, bytes(texts[record])


def _ended(child: int) -> int | None:
    pid, status = os.waitpid(child, os.WNOHANG)
    return status if pid else None


def kill(child: int) -> None:
    """End the child and everything in its group."""
    for send in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            send(child, signal.SIGKILL)


def discard(folder: Path) -> None:
    """Remove a job's folder, whatever it did to the permissions in it."""

    def allow(function: Any, path: str, error: Any) -> None:
        with contextlib.suppress(OSError):
            os.chmod(os.path.dirname(path), 0o700)
            os.chmod(path, 0o700)
            function(path)

    shutil.rmtree(folder, onerror=allow)
