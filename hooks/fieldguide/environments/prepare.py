"""Locks to virtual environments, made by uv at first use.

An environment is made beside its place and renamed into it, its manifest written before, so that
a half-made one is never used. Its name holds the Python and the lock: another lock, another folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..base.problems import ProblemError
from ..model import Environment
from . import interpreters, manifest, problems

FOLDER = ".fieldguide/environments"
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class _Wish:
    """One environment as it is asked for, and where it belongs."""

    root: Path
    name: str
    lock: bytes
    lock_digest: str
    project_digest: str

    @property
    def stem(self) -> str:
        """What the folders of this name and this Python begin with, whatever their lock."""
        threads = "t" if "t" in getattr(sys, "abiflags", "") else ""
        return f"{self.name}-{manifest.PYTHON}{threads}-"

    @property
    def folder(self) -> Path:
        return self.root / FOLDER / f"{self.stem}{self.lock_digest[:12]}"

    def ready(self) -> Environment | None:
        """The environment, if it has been made."""
        digests = (self.lock_digest, self.project_digest)
        return manifest.read(
            self.folder, self.name, *digests, lambda: _direct(self.root, self.name)
        )


def prepare(root: Path, name: str, *, say: Callable[[str], None] | None = None) -> Environment:
    """The environment of the framework ``name``, made if it is not there yet.

    ``say`` is called with a line for a person when that takes time. Raises ProblemError where the
    environment cannot be made.
    """
    root = root.resolve()
    wish = _wish(root, name)
    ready = wish.ready()
    if ready is not None:
        return ready
    direct = _direct(root, name)
    say = say or (lambda line: None)
    try:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        with _turn(root / FOLDER / f".{name}.turn", name, say) as turn:
            # Another engine may have made it while this one waited.
            ready = wish.ready()
            if ready is None:
                _sweep(wish, f".{wish.stem}*", older_than=0 if turn else _DAY)
                _make(wish, direct, turn, say)
                ready = wish.ready()
            if ready is not None and turn:
                _sweep(wish, f"{wish.stem}*", older_than=0)
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise ProblemError(problems.disk_full(FOLDER, name, str(error))) from None
        raise ProblemError(problems.environment_not_made(FOLDER, name, str(error))) from None
    if ready is None:
        gone = "its folder was changed while it was made"
        raise ProblemError(problems.environment_not_made(FOLDER, name, gone))
    return ready


def named(root: Path, name: str, say: Callable[[str], None] | None = None) -> Environment:
    """A framework's environment, or `bare` for the name that no framework may have."""
    return bare() if name == interpreters.BARE else prepare(root, name, say=say)


def bare() -> Environment:
    """The engine's own Python with nothing installed, for fences that name no framework."""
    python = Path(interpreters.judge()[0])
    return Environment(interpreters.BARE, python, manifest.PYTHON, "", (), sys.version)


def _wish(root: Path, name: str) -> _Wish:
    try:
        project = (root / "pyproject.toml").read_bytes()
        lock = (root / "environments" / f"{name}.txt").read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        _direct(root, name)  # where the name is unknown, that is the better message
        raise ProblemError(problems.lock_missing(name)) from None
    digests = (hashlib.sha256(content).hexdigest() for content in (lock, project))
    return _Wish(root, name, lock, *digests)


def _direct(root: Path, name: str) -> frozenset[str]:
    from . import dependency_groups  # only here, as reading TOML takes longer than all the rest

    return dependency_groups.wanted(root, name)


def _make(
    wish: _Wish, direct: frozenset[str], turn: Sequence[int], say: Callable[[str], None]
) -> None:
    from . import pins, uv

    count = len({pin.name for pin in pins.read(wish.lock.decode("utf-8", "replace"))})
    say(f"making the environment {wish.name} ({count} distribution{'s' * (count != 1)}) ...")
    start = time.monotonic()
    lock = f"environments/{wish.name}.txt"
    beside = _beside(wish.folder)
    # Relocatable, as the scripts must not name a folder that is renamed. Copies, as links would
    # carry a change in one environment into uv's cache and the other environments.
    venv = ["venv", "--relocatable", "--python", uv.interpreter(), str(beside)]
    into = ["--python", str(manifest.python(beside)), "--link-mode", "copy", "--compile-bytecode"]
    try:
        uv.run(wish.root, venv, keep_open=turn)
        uv.run(wish.root, ["pip", "install", *into, "--require-hashes", "-r", lock], keep_open=turn)
        manifest.write(beside, wish.lock_digest, wish.project_digest, direct)
        _discard(wish.folder)
        try:
            beside.rename(wish.folder)
        except OSError:
            if not wish.folder.exists():  # else another engine was faster
                raise
    except uv.UvError as error:
        raise ProblemError(uv.explain(wish.root, wish.name, lock, error)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    say(f"made the environment {wish.name} in {time.monotonic() - start:.1f} s")


def _sweep(wish: _Wish, pattern: str, *, older_than: float) -> None:
    """Remove what ``pattern`` finds beside the wished environment, and is older in seconds."""
    for found in (wish.root / FOLDER).glob(pattern):
        with suppress(FileNotFoundError):  # another engine may sweep too
            if found != wish.folder and time.time() - found.stat().st_mtime >= older_than:
                _discard(found)


def _discard(folder: Path) -> None:
    """Remove a folder so that no half-removed one can be taken for a whole one."""
    if folder.exists():
        away = _beside(folder)
        folder.rename(away)
        shutil.rmtree(away, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name.lstrip('.')}-{os.getpid()}-{os.urandom(4).hex()}")


@contextmanager
def _turn(path: Path, name: str, say: Callable[[str], None]) -> Iterator[Sequence[int]]:
    """Keep other engines from making ``name``; gives the descriptor that does, for uv to hold too.

    An engine that is killed leaves uv running; then the next one waits for it. Gives nothing
    where the system knows no such locks: unique names and the rename have to do there.
    """
    try:
        import fcntl
    except ImportError:
        yield ()
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            turn = [descriptor]
        except BlockingIOError:
            say(f"waiting for another run that makes the environment {name} ...")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            turn = [descriptor]
        except OSError:
            turn = []
        yield turn
    finally:
        os.close(descriptor)
