"""A fresh interpreter for one job: where nothing can fork, and to serve over real sockets."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
import warnings
from pathlib import Path
from time import monotonic

from ..run import report, run_job, write_files
from ..streams import warning
from . import namespace
from .limits import limit, tell_before_the_kernel_ends_us


def main() -> None:
    """Read one job on stdin, write its record on stdout; what it prints goes to stderr.

    The job names its ``folder``. This process makes it and the engine removes it, because this
    process ends abruptly.
    """
    if os.name == "posix":
        namespace.forget_keys()
    job = json.loads(sys.stdin.buffer.readline())
    channel, life = os.dup(1), os.dup(0)
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    left = job["deadline"] - monotonic() - warning(job["limits"]["wall_seconds"])
    # Tells where the time ran out: a stack on stderr just before the engine ends this process.
    faulthandler.dump_traceback_later(max(left, 0.001), file=2)
    tell_before_the_kernel_ends_us()
    if job.get("server") and sys.platform == "linux":
        namespace.hide()  # the application is another process, and may not look into its judge
    folder = Path(job["folder"])
    folder.mkdir()
    write_files(folder, job["files"])
    limit(job["limits"])
    # Python warns who forks beside threads. Those here are this process's own, not the script's.
    warnings.filterwarnings("ignore", ".*multi-threaded, use of fork", DeprecationWarning)
    report(run_job(job, folder), channel)
    os._exit(0)  # with whatever threads the snippet left behind


def _end_with(life: int) -> None:
    """End this process and what it started when the engine's end of the pipe is closed."""
    os.read(life, 1)
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(70)
