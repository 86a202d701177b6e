"""A fresh interpreter for one job: where nothing can fork, and to serve over real sockets."""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from pathlib import Path

from .run import run_and_report, warning, write_files


def main() -> None:
    """Read one job on stdin, write its record on stdout; what it prints goes to stderr.

    The engine made the job's ``folder`` and removes it, because this process ends abruptly.
    """
    job = json.loads(sys.stdin.buffer.read())
    channel = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    seconds = job["limits"]["wall_seconds"]
    # Tells where the time ran out: a stack on stderr just before the engine ends this process.
    faulthandler.dump_traceback_later(seconds - warning(seconds), file=2)
    folder = Path(job["folder"])
    write_files(folder, job["files"])
    run_and_report(job, folder, channel)
