"""The proof of a boundary: a process inside shows what it is and sees, and the engine compares."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...base.json_records import from_json
from ...base.paths import WORKER
from ...environments import interpreters
from .. import problems

_SECONDS = 60
"""How long a process in a sandbox that is tried may take, on a machine however busy."""
_DISK_BYTES = 1024 * 1024

Command = Callable[[Sequence[str], Iterable[Path], Path, int], list[str]]
"""Makes the command that runs a program inside, as `Sandbox.command` does."""


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


def lacking(command: Command) -> list[str]:
    """What the sandbox lacks of a boundary, in words; nothing where it is one.

    Raises `RefusedError` where nothing ran inside.
    """
    home = Path.home()
    with tempfile.TemporaryDirectory(prefix="fieldguide-trial-") as path:
        outside = Path(path).resolve()
        folder, file = outside / "folder", outside / "file"
        folder.mkdir()
        file.touch()
        readable = list(interpreters.readable(None))
        questions = [[str(file)], [str(outside), str(WORKER), str(home)]]
        program = [*interpreters.judge(), str(WORKER / "__main__.py"), "inside"]
        arguments = [*program, *map(json.dumps, questions)]
        shown = _ran(command(arguments, readable, folder, _DISK_BYTES), folder)
    return list(_lacking(shown, home, (*readable, folder)))


def _ran(command: list[str], folder: Path) -> Shown:
    """What the process inside printed."""
    try:
        trial = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS, cwd=folder, env={}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RefusedError(str(error)) from None
    if trial.returncode != 0:
        words = trial.stderr.strip().partition("\n")[0]
        raise RefusedError(words or f"exit status {trial.returncode}")
    try:
        return from_json(Shown, json.loads(trial.stdout))
    except (KeyError, TypeError, ValueError):
        raise RefusedError("it did not run what it was told to") from None


def _lacking(shown: Shown, home: Path, readable: Iterable[Path]) -> Iterator[str]:
    if shown.pid != 1:
        yield problems.NOT_PROCESS_1
    shared = [kind for kind, name in shown.namespaces.items() if name == _namespace(kind)]
    if shared or not shown.namespaces:
        yield problems.shared_namespaces(shared)
    if shown.seen or _surplus(shown.listed.get(str(home), ()), home, readable):
        yield problems.sees(home)
    for folder in dict.fromkeys(shown.written):
        yield problems.writes(folder)


def _namespace(kind: str) -> str:
    """The engine's own."""
    return os.readlink(f"/proc/self/ns/{kind}")


def _surplus(names: Iterable[str], home: Path, readable: Iterable[Path]) -> set[str]:
    """Names in the home folder that are not on the way to what may be read."""
    if any(home.is_relative_to(path) or home == Path("/") for path in (*readable, Path("/usr"))):
        return set()
    below = [path.relative_to(home) for path in readable if path.is_relative_to(home)]
    return set(names) - {path.parts[0] for path in below}
