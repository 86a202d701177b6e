"""Remove folders that a snippet left, whatever it did to them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def clear(folder: Path) -> None:
    """Remove everything in a folder, and nothing that a link leads to; leave what refuses.

    Folders are moved up before they are emptied: so neither the longest path nor the deepest
    recursion is a limit to what a snippet may have nested. Permissions are given back first.
    """
    number = 0
    waiting = [str(folder)]
    emptied = []
    while waiting:
        current = waiting.pop()
        with contextlib.suppress(OSError):
            os.chmod(current, 0o700)
            for item in list(os.scandir(current)):
                with contextlib.suppress(OSError):
                    if not item.is_dir(follow_symlinks=False):
                        os.unlink(item.path)
                        continue
                    os.chmod(item.path, 0o700)
                    number += 1
                    # A name of its own, as the snippet may have taken any that could be guessed.
                    moved = f"{folder}/{number}-{os.urandom(8).hex()}"
                    os.rename(item.path, moved)
                    waiting.append(moved)
                    emptied.append(moved)
    for path in emptied:
        with contextlib.suppress(OSError):
            os.rmdir(path)


def remove(folder: Path) -> None:
    """Remove a folder with everything in it; a link in its place is only unlinked."""
    with contextlib.suppress(OSError):
        if folder.is_symlink():
            folder.unlink()
            return
        clear(folder)
        folder.rmdir()


def beside(folder: Path) -> Path:
    """Where a group's shell keeps what the group's folder must not show."""
    return folder.with_name(f"{folder.name}-shell")
