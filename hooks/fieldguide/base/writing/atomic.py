"""Write a file whole or not at all, while others may write it too."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_PART = ".part"
"""The ending of a held file's name until the file is whole."""
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_TRIES = 9
"""How often writing a held file starts again after another engine has swept it away."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to. After the block it replaces ``path`` and has its mode;
    where the block raises, it is removed and ``path`` stays as it was. Raises OSError."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")  # which is no page and no lock
    try:
        yield beside
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write one file; where this raises OSError, the old content is still there."""
    with replacing(path) as beside:
        beside.write_bytes(content)


def write_held(folder: Path, content: bytes, name: str | None = None) -> None:
    """Write a new file into ``folder``, under a new name where none is given. `sweep` does not
    remove it while it is written. Raises OSError."""
    for may_retry in (*[True] * _TRIES, False):
        # Not tempfile's, which nobody else may read: what may be read, the umask says.
        part = str(folder / f"run-{secrets.token_hex(8)}{_PART}")
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        target = folder / (name or Path(part).with_suffix(".jsonl").name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                hold(file.fileno())
                file.write(content)
                file.flush()
                if fcntl is not None:  # while it is held: until then, others may take it for dead
                    os.replace(part, target)
            if fcntl is None:
                os.replace(part, target)
            return
        except BaseException as error:
            with contextlib.suppress(OSError):
                os.unlink(part)
            # Another engine swept it, in the moment before it was held.
            if not (may_retry and isinstance(error, FileNotFoundError)):
                raise


def sweep(folder: Path) -> None:
    """Remove files of `write_held` that killed engines have left half written."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"run-*{_PART}"):
            with contextlib.suppress(OSError):
                if fcntl is None:
                    path.unlink()
                    continue
                with path.open("rb") as file:
                    hold(file.fileno(), wait=False)
                    path.unlink()


def hold(descriptor: int, *, wait: bool = True) -> None:
    """Show that a file is being written; the system lets go of it when its process ends.

    Without ``wait`` this raises where another process holds it.
    """
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            if not wait:
                raise
