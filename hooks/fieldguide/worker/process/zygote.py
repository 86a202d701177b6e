"""The warm process: import the framework once, then fork for each job.

Its standard input is a socket: a job comes in as a length and JSON, and where the checks run in
another process, with the descriptor of the stream that joins the two; a reply goes out as a line of
JSON and the record, as long as the reply says. Nothing of a snippet ever runs in this process, and
its socket is closed in the child.
"""

from __future__ import annotations

import contextlib
import faulthandler
import fcntl
import gc
import importlib
import json
import linecache
import mmap
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from .. import wording
from ..contract.assertions import compile_contract
from ..contract.checks import CONTRACT
from ..folders import beside, remove
from ..run import answer, judge, report, run_job, write_files
from ..streams import flush
from . import namespace
from .limits import limit, stay, tell_before_the_kernel_ends_us
from .standing import standing
from .watch import WHERE, Watch

_WORKER = __name__.removesuffix(".process.zygote")
_WARM = ("encodings.idna", "encodings.unicode_escape", "html.parser", "http.cookies")
"""What frameworks and contracts of every kind import late."""
_READ = 64 * 1024
"""Characters of a contract: five times as many as the longest of the guide has."""


def serve(preload: list[str] | None, bounded: bool) -> None:
    """Say that it is ready, then answer jobs until the engine is gone.

    Args:
        preload: modules to import first; None where only judges are forked.
        bounded: whether the engine takes this for process 1 of a namespace of its own, so that
            everything else in it is a job's. Where it is not, this process ends and signals none.
    """
    alone = bounded and namespace.alone()
    if bounded and not alone:
        sys.exit(wording.not_alone())
    namespace.forget_keys()
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is the engine's to act on
    missing = []
    own = [] if preload is None else [f"{_WORKER}.drivers.load", f"{_WORKER}.fences.group"]
    for name in (*own, *(preload or ()), *_WARM):
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    if preload is not None:
        _remember_sources((_WORKER, *preload))
    if alone:
        namespace.hide()
    gc.collect()
    gc.freeze()  # else the first collection in every child copies the whole heap
    _say(control, {"ready": True, "missing": missing, "threads": threading.active_count()})
    if alone:
        namespace.empty(*namespace.PLACES)
    before = standing(alone)
    while (job := _next(control)) is not None:
        reply, record = _run(*job, control, alone)
        _say(control, {**reply, "id": job[0]["id"], "record": len(record)}, record)
        if standing(alone) != before:
            return  # the next job would find what this one changed; the engine starts another


def _remember_sources(names: tuple[str, ...]) -> None:
    """Fill Python's memory of where code stands: some frameworks ask at each registration, and
    then every child would read the same files again.
    """
    import inspect  # here, as a judge asks nobody where code stands

    inspect.getmodule(sys._getframe())
    for name, module in list(sys.modules.items()):
        if name.startswith(names):
            linecache.getlines(getattr(module, "__file__", None) or "")


def _remember_contract(source: str) -> None:
    """Compile a contract for this child and the next ones, where it is as long as one may be that
    somebody reads. Nobody watches this process: what takes long, a child does, within its limits.
    """
    if len(source) <= _READ:
        with contextlib.suppress(SyntaxError, ValueError):
            compile_contract(source, CONTRACT)


def _next(control: socket.socket) -> tuple[dict[str, Any], int | None] | None:
    """The next job with its stream, or None when the engine is gone."""
    head, descriptors, _, _ = socket.recv_fds(control, 4, 1)
    if len(head) < 4:
        return None
    length, content = int.from_bytes(head, "big"), bytearray()
    while len(content) < length:
        chunk = control.recv(min(length - len(content), 1 << 20))
        if not chunk:
            return None
        content += chunk
    return json.loads(content), descriptors[0] if descriptors else None


def _say(control: socket.socket, message: dict[str, Any], record: bytes = b"") -> None:
    control.sendall(json.dumps(message).encode("utf-8") + b"\n" + record)


def _run(
    job: dict[str, Any], channel: int | None, control: socket.socket, alone: bool
) -> tuple[dict[str, Any], bytes]:
    """Run one job in a child of its own, in a folder of its own, and leave nothing of it."""
    folder = namespace.PLACE / f"fieldguide-{os.urandom(8).hex()}"
    folder.mkdir(0o700)
    try:
        if job["role"] in ("judge", "both"):
            _remember_contract(job["contract"])
        if job["role"] != "judge":
            write_files(folder, job["files"])
        return _fork(job, folder, channel, control, alone)
    finally:
        if alone:
            namespace.sweep()
            namespace.empty(*namespace.PLACES)
        else:
            remove(folder)
            remove(beside(folder))


def _fork(
    job: dict[str, Any], folder: Path, channel: int | None, control: socket.socket, alone: bool
) -> tuple[dict[str, Any], bytes]:
    record_out, record_in = os.pipe()
    output_out, output_in = os.pipe()
    watch = Watch(job["limits"], control, alone)
    waits = _shared_byte()
    child = os.fork()
    if child == 0:
        try:
            _child(job, folder, (channel, record_in, output_in), alone, waits)
            os._exit(0)
        finally:
            os._exit(70)  # EX_SOFTWARE: reached only when the child's own work failed
    for descriptor in (record_in, output_in, channel):
        if descriptor is not None:
            os.close(descriptor)
    reply, record = watch.over(child, record_out, output_out)
    with waits:
        return {**reply, "waits": waits[0] == 1}, record


def _shared_byte() -> mmap.mmap:
    """A byte shared with the child, which says by it what it does.

    Of a file without a name where there can be one: the sandbox allows no other shared memory.
    """
    try:
        file = os.open(namespace.PLACE, os.O_TMPFILE | os.O_RDWR)
    except (AttributeError, OSError):
        return mmap.mmap(-1, 1)
    try:
        os.write(file, b"\0")  # so that it has its page, and a job that fills the disk not
        return mmap.mmap(file, 1)
    finally:
        os.close(file)


def _child(
    job: dict[str, Any],
    folder: Path,
    descriptors: tuple[int | None, int, int],
    alone: bool,
    waits: mmap.mmap,
) -> None:
    """The job itself. It keeps two descriptors of ours: its stream is 3, and the record's is 4."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Asked by a signal, a child tells where it stands; a timer would cost each of them a thread.
    # The warm process itself has no handler: as process 1, no signal of a child reaches it.
    faulthandler.register(WHERE, file=2)
    tell_before_the_kernel_ends_us()
    if alone and job["role"] != "judge":
        namespace.show()
    channel, record, output = descriptors
    for descriptor in (1, 2):
        os.dup2(output, descriptor)
    # Moved out of the way first, because either may have the other's number.
    moved = [(_moved(channel), 3), (_moved(None if job["role"] == "app" else record), 4)]
    os.closerange(3, 10)
    for kept, number in moved:
        if kept is not None:
            os.dup2(kept, number, inheritable=False)
    os.closerange(5, 4096)
    limit(job["limits"])
    stay(job["processor"])
    if job["role"] == "app":
        answer(job, folder, 3)
        flush()
    else:
        report(
            judge(job, 3, memoryview(waits)) if job["role"] == "judge" else run_job(job, folder), 4
        )


def _moved(descriptor: int | None) -> int | None:
    return None if descriptor is None else fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
