"""Virtual environments, made from their locks by uv at first use.

An environment is made beside its place, with its manifest, and then renamed into it, so that a
half-made one is never used. Its name holds the Python and the lock: another lock, another folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..base.defects import located
from ..base.problems import ProblemError
from ..model import Environment, Location
from . import intact, interpreters, manifest, problems

FOLDER = ".fieldguide/environments"
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class _Request:
    """One environment that is asked for, and its place."""

    root: Path
    name: str
    lock: bytes
    lock_digest: str
    project_digest: str
    checked: bool

    @property
    def stem(self) -> str:
        """The start of the folder names of this environment and this Python, for any lock."""
        threads = "t" if "t" in getattr(sys, "abiflags", "") else ""
        return f"{self.name}-{manifest.PYTHON}{threads}-"

    @property
    def folder(self) -> Path:
        return self.root / FOLDER / f"{self.stem}{self.lock_digest[:12]}"

    def ready(self) -> Environment | None:
        """The environment, if it has been made."""
        digests = (self.lock_digest, self.project_digest)
        return manifest.read(
            self.folder,
            self.name,
            *digests,
            lambda: _direct(self.root, self.name),
            checked=self.checked,
        )


def prepare(
    root: Path,
    name: str,
    *,
    say: Callable[[str], None] | None = None,
    checked: bool = False,
) -> Environment:
    """The environment of the framework ``name``, made if it is not there yet.

    ``say`` is called with a line for a person when that takes time. Raises ProblemError where the
    environment cannot be made, and where it has to be ``checked`` and is not what was installed.
    """
    with located(Location(f"environments/{name}.txt")):
        return _prepared(root, name, say or (lambda line: None), checked)


def _prepared(root: Path, name: str, say: Callable[[str], None], checked: bool) -> Environment:
    root = root.resolve()
    request = _requested(root, name, checked)
    ready = request.ready()
    if ready is not None:
        return ready
    direct = _direct(root, name)
    try:
        (root / FOLDER).mkdir(parents=True, exist_ok=True)
        with _turn(root / FOLDER / f".{name}.turn", name, say) as turn:
            # Another engine may have made it while this one waited.
            ready = request.ready()
            if ready is None:
                _sweep(request, f".{request.stem}*", older_than=0 if turn else _DAY)
                _make(request, direct, turn, say)
                ready = request.ready()
            if ready is not None and turn:
                _sweep(request, f"{request.stem}*", older_than=0)
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise ProblemError(problems.disk_full(FOLDER, name, str(error))) from None
        raise ProblemError(problems.environment_not_made(FOLDER, name, str(error))) from None
    if ready is None:
        raise ProblemError(problems.environment_changed_meanwhile(FOLDER, name))
    return ready


def named(
    root: Path,
    name: str,
    say: Callable[[str], None] | None = None,
    *,
    checked: bool = False,
) -> Environment:
    """A framework's environment; `bare` for the name ``python``, which no framework may have."""
    if name != interpreters.BARE:
        return prepare(root, name, say=say, checked=checked)
    with located(Location("environments")):
        return bare()


def bare() -> Environment:
    """The engine's own Python with nothing installed, for fences that name no framework."""
    python = Path(interpreters.judge()[0])
    return Environment(interpreters.BARE, python, manifest.PYTHON, "", (), sys.version)


def _requested(root: Path, name: str, checked: bool) -> _Request:
    try:
        project = (root / "pyproject.toml").read_bytes()
        lock = (root / "environments" / f"{name}.txt").read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        _direct(root, name)  # where the name is unknown, that is the better message
        raise ProblemError(problems.lock_missing(name)) from None
    of_lock, of_project = (hashlib.sha256(content).hexdigest() for content in (lock, project))
    return _Request(root, name, lock, of_lock, of_project, checked)


def _direct(root: Path, name: str) -> frozenset[str]:
    from . import dependency_groups  # only here, as reading TOML takes longer than all the rest

    return dependency_groups.wanted(root, name)


def _make(
    request: _Request, direct: frozenset[str], turn: Sequence[int], say: Callable[[str], None]
) -> None:
    from . import pins, uv

    lock = f"environments/{request.name}.txt"
    if unfit := tuple(pins.unfit(lock, request.lock)):
        raise ProblemError(*unfit)
    count = len({pin.name for pin in pins.read(request.lock.decode("utf-8", "replace"))})
    say(f"making the environment {request.name} ({count} distribution{'s' * (count != 1)}) ...")
    start = time.monotonic()
    beside = _beside(request.folder)
    # Relocatable, as the scripts must not name a folder that is renamed. Copies, as links would
    # carry a change in one environment into uv's cache and the other environments.
    venv = ["venv", "--relocatable", "--python", uv.interpreter(), str(beside)]
    into = ["--python", str(manifest.python(beside)), "--link-mode", "copy"]
    # Building one from its sources would run them here, outside of every sandbox.
    wheels = ["--only-binary", ":all:"]
    try:
        uv.run(request.root, venv, keep_open=turn)
        before = intact.foundation(beside)
        install = ["pip", "install", *into, *wheels, "--require-hashes", "-r", lock]
        uv.run(request.root, install, keep_open=turn)
        if replaced := intact.replaced(beside, before):
            raise ProblemError(problems.foundation_replaced(lock, request.name, replaced))
        _compile(beside)
        manifest.write(beside, request.lock_digest, request.project_digest, direct)
        _discard(request.folder)
        try:
            beside.rename(request.folder)
        except OSError:
            if not request.folder.exists():  # else another engine was faster
                raise
    except uv.UvError as error:
        raise ProblemError(uv.explain(request.root, request.name, lock, error)) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    say(f"made the environment {request.name} in {time.monotonic() - start:.1f} s")


def _compile(folder: Path) -> None:
    """Have byte code written, by a Python that runs nothing of what was installed: the one of the
    environment would start with its ``.pth`` files. What is no Python is left as it is."""
    from . import uv

    site = manifest.site(folder)
    command = [uv.interpreter(), "-I", "-S", "-m", "compileall", "-qq", "-j", "0", str(site)]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)


def _sweep(request: _Request, pattern: str, *, older_than: float) -> None:
    """Remove what is beside the requested environment, fits ``pattern`` and has that age in
    seconds."""
    for folder in (request.root / FOLDER).glob(pattern):
        with suppress(FileNotFoundError):  # another engine may sweep too
            if folder != request.folder and time.time() - folder.stat().st_mtime >= older_than:
                _discard(folder)


def _discard(folder: Path) -> None:
    """Remove a folder; under its own name it is never there half removed."""
    if folder.exists():
        away = _beside(folder)
        folder.rename(away)
        shutil.rmtree(away, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name.lstrip('.')}-{os.getpid()}-{os.urandom(4).hex()}")


@contextmanager
def _turn(path: Path, name: str, say: Callable[[str], None]) -> Iterator[Sequence[int]]:
    """Keep other engines from making ``name``. Gives the lock's descriptor, for uv to hold too.

    A killed engine leaves uv running, and the next engine waits for that uv. Gives nothing where
    the system has no such locks; there unique names and the rename are the only protection.
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
