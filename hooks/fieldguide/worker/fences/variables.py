"""What the commands of a group find around them: variables, and a parent for what they leave."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of prctl."""


def of_commands(
    folder: Path, place: Path, prefix: str, before: Mapping[str, str]
) -> dict[str, str]:
    """What a command sees of the environment's variables."""
    own = os.path.dirname(sys.executable)
    folders = [*([os.path.join(prefix, "bin")] if prefix else []), own]
    if not any(os.access(os.path.join(folder, "python"), os.X_OK) for folder in folders):
        program = place / "bin" / "python"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
        program.chmod(0o755)
        folders.insert(0, str(program.parent))
    return {
        **before,
        **({"VIRTUAL_ENV": prefix} if prefix else {}),
        "PATH": os.pathsep.join([*folders, os.defpath]),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "LANG": "C.UTF-8",
        "COLUMNS": "80",
        "TERM": "dumb",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def adopt_orphans() -> None:
    """Stay above whatever a server that leaves its session and its parent becomes."""
    with contextlib.suppress(Exception):  # only Linux knows that, and not every Python has ctypes
        import ctypes

        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
