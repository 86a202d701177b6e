"""Code of the worker in a process of its own, because it changes or ends the one it runs in."""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fieldguide.base.paths import WORKER
from fieldguide.base.problems import line
from fieldguide.environments import interpreters
from fieldguide.model import Limits
from fieldguide.running.processes import variables
from fieldguide.running.sandbox import Mode, Sandbox, sandbox

LOAD = """\
import importlib.util, json, os, sys
spec = importlib.util.spec_from_file_location(
    "fieldguide_worker", sys.argv[1] + "/__init__.py", submodule_search_locations=[sys.argv[1]]
)
sys.modules[spec.name] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules[spec.name])
"""
"""Makes the worker, whose folder is the first argument, importable as ``fieldguide_worker``."""
TELL = """\
told = os.dup(1)
os.dup2(2, 1)
def tell(value):
    os.write(told, json.dumps(value).encode())
"""
PROCESS_1 = "assert os.getpid() == 1, 'it would end the processes of everybody'\n"
LIMITS: dict[str, Any] = {
    "wall_seconds": 600.0,
    "cpu_seconds": 60,
    "memory_bytes": 512 * 1024 * 1024,
    "file_bytes": 32 * 1024 * 1024,
    "open_files": 256,
    "processes": 64,
    "threads": 256,
    "output_bytes": 1024 * 1024,
}
"""As a worker is told them: enough for everything, on a busy machine too."""


@dataclass(frozen=True)
class Ran:
    """How a process has ended."""

    told: Any
    """What its code has called ``tell`` with, at the most once; None where it has not."""
    output: str
    """What it and those that it started printed."""
    status: int


def apart(code: str, folder: Path, *arguments: str, python: Sequence[str] = ()) -> Ran:
    """Run code in a bare interpreter, or in that one; ``folder`` is its current directory."""
    interpreter = python or interpreters.judge()
    return _ran([*interpreter, "-c", LOAD + TELL + code, str(WORKER), *arguments], folder)


def alone(code: str, folder: Path, *arguments: str) -> Ran:
    """Run code as process 1 of a sandbox: every process but itself is one that it started.

    A test on a machine that has no sandbox is skipped, with what is missing.
    """
    box = _box()
    if not box.bounded:
        pytest.skip(line(box.missing) if box.missing else "there is no sandbox")
    code = LOAD + TELL + PROCESS_1 + code
    command = [*interpreters.judge(), "-c", code, str(WORKER), *arguments]
    readable = interpreters.readable(None)
    return _ran(box.command(command, readable, folder, Limits().disk_bytes), folder)


@functools.cache
def _box() -> Sandbox:
    """The sandbox of this machine, tried once."""
    return sandbox(Mode.AUTO, True)


def _ran(command: Sequence[str], folder: Path) -> Ran:
    done = subprocess.run(
        command,
        cwd=folder,
        env=variables(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        check=False,
    )
    output = done.stderr.decode("utf-8", "backslashreplace")
    return Ran(json.loads(done.stdout) if done.stdout else None, output, done.returncode)
