"""Running uv, which makes environments and resolves locks, and why it failed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..base.problems import ProblemError
from ..model import Location, Problem
from . import problems
from .installed import normalise

_NOT_PASSED_ON = (
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_COMPILE_BYTECODE",
    "UV_CONSTRAINT",
    "UV_LINK_MODE",
    "UV_OVERRIDE",
    "UV_PROJECT",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "UV_VENV_CLEAR",
    "UV_WORKING_DIR",
    "VIRTUAL_ENV",
)
"""Variables that would lead uv to another environment or other versions. The user's settings of the
index stay."""

CACHE = ".fieldguide/uv"
"""Where uv keeps what it has fetched, for a user who has no place for it."""

_DISK_FULL = re.compile(r"No space left on device|os error (28|112|122)\b")
_HASHES = re.compile(r"Hash mismatch")
_INDEX = re.compile(
    r"Failed to fetch|Request failed|error sending request|dns error|peer certificate"
    r"|network (was|connectivity is) disabled|HTTP status|timed out"
)
_LOCK = re.compile(r"require-hashes|no trusted hash")
_RESOLUTION = re.compile(r"No solution found|no wheels|unsatisfiable|not compatible")


class UvError(Exception):
    """uv ended with a failure; the text is all that it wrote."""


def run(root: Path, arguments: Sequence[str], *, keep_open: Sequence[int] = ()) -> None:
    """Run uv in the project's root; raise UvError when it fails.

    ``keep_open`` are file descriptors that uv holds as long as it runs.
    """
    environment = {name: os.environ[name] for name in os.environ if name not in _NOT_PASSED_ON}
    environment.update(
        UV_PYTHON_DOWNLOADS="never",
        UV_NO_PROGRESS="1",
        NO_COLOR="1",
        COLUMNS="10000",  # it wraps its errors to the width of a terminal
    )
    if not _keeps(environment):
        environment["UV_CACHE_DIR"] = str(root / CACHE)
    completed = subprocess.run(
        [_binary(), *arguments],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=tuple(keep_open),
        encoding="utf-8",
        errors="replace",
    )
    if completed.returncode != 0:
        raise UvError(completed.stderr or problems.uv_ended(completed.returncode))


def _keeps(environment: Mapping[str, str]) -> bool:
    """Whether uv has a place for what it has fetched: not without a home that can be written."""
    if os.name == "nt" or environment.get("UV_CACHE_DIR"):
        return True
    try:
        folder = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "uv"
        above = next(path for path in (folder, *folder.parents) if path.exists())
    except (OSError, RuntimeError):  # there is none, or it cannot be looked at
        return False
    return above.is_dir() and os.access(above, os.W_OK | os.X_OK)


def interpreter() -> str:
    """The Python that made the environment the engine itself runs in."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def explain(root: Path, name: str, path: str, error: UvError) -> Problem:
    """The problem that uv met with the environment ``name``, whose file is ``path``."""
    text = str(error)
    quoted = quote(text)
    at = Location(path, _line(root / path, path, text))
    outside = explain_outside(name, path, error)
    if outside is not None:
        return outside
    if _HASHES.search(text):
        return problems.lock_does_not_match(at, name, quoted)
    if _RESOLUTION.search(text):
        return problems.no_such_version(
            at, name, f"{sys.version_info[0]}.{sys.version_info[1]}", quoted
        )
    if _LOCK.search(text):
        return problems.lock_unreadable(at, name, quoted)
    return problems.environment_not_made(path, name, quoted)


def explain_outside(name: str, path: str, error: UvError) -> Problem | None:
    """The problem where the machine or the network is to blame, whatever ``path`` says."""
    text = str(error)
    if _DISK_FULL.search(text):
        return problems.disk_full(path, name, quote(text))
    if _INDEX.search(text) and not _HASHES.search(text):
        return problems.index_unreachable(path, name, quote(text))
    return None


def quote(text: str) -> str:
    """uv's own words in one line: the error and the last cause, without passwords."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("error: ")] or lines[:1]
    causes = [line for line in lines if line.startswith("cause: ")]
    words = [line.partition(": ")[2] or line for line in errors[:1] + causes[-1:]]
    return re.sub(r"//[^/@\s]+@", "//***@", ": ".join(words))[:400]


def _binary() -> str:
    beside = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")
    if beside.is_file():
        return str(beside)
    try:
        from uv import find_uv_bin

        return str(find_uv_bin())
    except (ImportError, FileNotFoundError):
        program = shutil.which("uv")
    if program is None:
        raise ProblemError(problems.uv_missing())
    return program


def _line(file: Path, path: str, text: str) -> int | None:
    """The line of ``file`` that uv's words are about; None where they name none."""
    if match := re.search(rf"{re.escape(path)}:(\d+):\d+", text):
        return int(match[1])
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None
    for pattern in (r"([\w.-]+)==", r"but found: ([\w.-]+)", r"Because ([\w.-]+) was not found"):
        for distribution in map(normalise, re.findall(pattern, text)):
            for number, line in enumerate(lines, 1):
                if normalise(re.split(r"[=\s;\[]", line, maxsplit=1)[0]) == distribution:
                    return number
    return None
