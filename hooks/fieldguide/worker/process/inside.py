"""What a process inside the sandbox can show of it: looked up and tried, never taken for granted.

Standard library only. The engine compares what is shown with its own machine, because an exit
status says nothing: a program called bwrap may start everything it is given, and hide nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

NAMESPACES = ("user", "mnt", "pid", "net", "ipc", "uts")


def main(hidden: list[str], folders: list[str]) -> None:
    """Print what this process shows, as JSON.

    Args:
        hidden: files that it must not see.
        folders: those that it must not write to, and whose names it lists.
    """
    json.dump(shown(hidden, folders), sys.stdout)


def shown(hidden: Iterable[str], folders: Iterable[str]) -> dict[str, Any]:
    """Everything that there is to show."""
    listed = {folder: names(folder) for folder in folders}
    return {
        "pid": os.getpid(),
        "namespaces": dict(_namespaces()),
        "seen": [path for path in hidden if os.path.lexists(path)],
        "listed": listed,
        "written": [folder for folder in (*listed, "/", "/usr", "/etc", "/dev") if takes(folder)],
    }


def _namespaces() -> Iterator[tuple[str, str]]:
    for name in NAMESPACES:
        with contextlib.suppress(OSError):
            yield name, os.readlink(f"/proc/self/ns/{name}")


def names(folder: str) -> list[str]:
    """What a folder is seen to hold; nothing where it is not there, or closed."""
    with contextlib.suppress(OSError):
        return os.listdir(folder)
    return []


def takes(folder: str) -> bool:
    """Whether a file can be made in a folder; it is gone again at once."""
    path = os.path.join(folder, f".fieldguide-{os.urandom(8).hex()}")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        return False
    os.unlink(path)
    return True
