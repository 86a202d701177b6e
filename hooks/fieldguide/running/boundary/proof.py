"""The proof of a boundary: a process inside shows what it is and sees, and the engine compares."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...base.json_records import from_json
from ...base.paths import WORKER
from ...environments import interpreters
from .. import problems

_SECONDS = 60
"""How long a process in a sandbox that is tried may take, on a machine however busy."""
_DISK_BYTES = 1024 * 1024

HOST = "fieldguide"
"""The name of the machine, as told inside."""

Start = Callable[..., "subprocess.Popen[bytes]"]
"""Starts a program inside, as `Sandbox.start` does."""


class RefusedError(Exception):
    """The sandbox did not start; carries the words of whoever refused."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a process inside showed; the worker's `inside` has the same names."""

    pid: int
    namespaces: Mapping[str, str]
    """The kernel's name of each, by its kind."""
    seen: tuple[str, ...]
    """Of the files that it must not see."""
    listed: Mapping[str, tuple[str, ...]]
    """The names in folders of the machine, by folder."""
    written: tuple[str, ...]
    """The folders outside of its own disk in which it could make a file."""
    user: int
    host: str
    changed: tuple[str, ...]
    """The device nodes of the machine that it could change."""
    allowed: tuple[str, ...]
    """Calls that the filter denies, and that came to the kernel all the same."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a sandbox was not shown to have, in words."""

    boundary: tuple[str, ...]
    """Of a boundary: with any of it, there is none."""
    more: tuple[str, ...]
    """Of what the strict mode demands besides."""


def lacking(start: Start, filtered: bool) -> Lacking:
    """What the sandbox lacks.

    Args:
        start: starts a program inside.
        filtered: whether it has a filter of system calls.

    Raises:
        RefusedError: nothing ran inside.
    """
    home = _home()
    with tempfile.TemporaryDirectory(prefix="fieldguide-trial-") as path:
        outside = Path(path).resolve()
        folder, file = outside / "folder", outside / "file"
        folder.mkdir()
        file.touch()
        readable = list(interpreters.readable(None))
        questions = [[str(file)], [str(outside), str(WORKER), str(home)]]
        program = [*interpreters.judge(), str(WORKER / "__main__.py"), "inside"]
        arguments = [*program, *map(json.dumps, questions)]
        shown = _ran(start, arguments, readable, folder)
    boundary = tuple(_boundary(shown, home, (*readable, folder)))
    return Lacking(boundary, tuple(_more(shown, filtered)))


def _home() -> Path:
    """The user's home; the root, in which nothing is too much, for a user who has none."""
    try:
        return Path.home()
    except RuntimeError:  # no HOME, and no list of users has this one
        return Path("/")


def _ran(start: Start, arguments: list[str], readable: Iterable[Path], folder: Path) -> Shown:
    """What the process inside printed."""
    try:
        trial = start(
            arguments,
            readable,
            folder,
            _DISK_BYTES,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={"PATH": os.defpath},
            start_new_session=True,
        )
        with trial:
            try:
                output, errors = trial.communicate(timeout=_SECONDS)
            finally:
                trial.kill()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RefusedError(str(error)) from None
    if trial.returncode != 0:
        words = errors.decode("utf-8", "replace").strip().partition("\n")[0]
        raise RefusedError(words or f"exit status {trial.returncode}")
    try:
        return from_json(Shown, json.loads(output))
    except (KeyError, TypeError, ValueError):
        raise RefusedError("it did not run what it was told to") from None


def _boundary(shown: Shown, home: Path, readable: Iterable[Path]) -> Iterator[str]:
    if shown.pid != 1:
        yield problems.NOT_PROCESS_1
    shared = [kind for kind, name in shown.namespaces.items() if name == _namespace(kind)]
    if shared or not shown.namespaces:
        yield problems.shared_namespaces(shared)
    if shown.seen or _surplus(shown.listed.get(str(home), ()), home, readable):
        yield problems.sees(home)
    for folder in dict.fromkeys(shown.written):
        yield problems.writes(folder)


def _more(shown: Shown, filtered: bool) -> Iterator[str]:
    if shown.user == 0:
        yield problems.ROOT
    if shown.host != HOST and shown.host == platform.node():
        yield problems.HOST_NAME
    if shown.changed:
        yield problems.changes(shown.changed)
    if not filtered:
        yield problems.NO_FILTER
    elif shown.allowed:
        yield problems.calls(shown.allowed)


def _namespace(kind: str) -> str:
    """The engine's own."""
    return os.readlink(f"/proc/self/ns/{kind}")


def _surplus(names: Iterable[str], home: Path, readable: Iterable[Path]) -> set[str]:
    """Names in the home folder that are not on the way to what may be read."""
    if any(home.is_relative_to(path) or home == Path("/") for path in (*readable, Path("/usr"))):
        return set()
    below = [path.relative_to(home) for path in readable if path.is_relative_to(home)]
    return set(names) - {path.parts[0] for path in below}
