"""A control group for each worker, where one can be made: there the kernel itself counts.

A group is made below the group of the engine, so that every limit of whoever started the engine
holds as before. Of the first version of control groups only the count of processes is used: the
kernel has given its count of memory up.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...model import Limits

_MEMBERS, _CONTROLLERS = "cgroup.procs", "cgroup.subtree_control"
_NEEDED = ("memory", "pids")
_OWN = "fieldguide"
"""The group into which an engine goes so that there can be others beside it."""
_OTHER_MEMORY = 64 << 20
"""What a warm process and its framework take before any job, and the kernel for them."""
_SECONDS = 1.0
"""How long the processes of an ended run may take to be gone."""
_ENTERED_SECONDS = 600.0
"""How long a worker may take to enter its group, on a machine however busy."""
_ESCAPED = re.compile(r"\\([0-7]{3})")

Settings = Mapping[str, Callable[[Limits], int]]
_PIDS: Settings = {"pids.max": lambda limits: limits.threads * 2}
_ALL: Settings = {
    **_PIDS,
    # Twice, because whoever looks ten times a second has better words for it.
    "memory.max": lambda limits: 2 * (limits.memory_bytes + limits.disk_bytes) + _OTHER_MEMORY,
    "memory.swap.max": lambda limits: 0,
}


@dataclass(frozen=True, slots=True)
class _Home:
    """A group of the engine's own, below which it can make others."""

    folder: Path
    settings: Settings


class Groups:
    """The control groups of one run; none where the machine gives none.

    Args:
        name: how the names of this run's groups begin.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._homes: tuple[_Home, ...] | None = None
        self._made: list[Path] = []
        self._count = 0
        self._lock = threading.RLock()

    @property
    def counted(self) -> tuple[str, ...]:
        """What the kernel counts in them: ``memory``, ``pids``."""
        settings = {name for home in self._found() for name in home.settings}
        return tuple(name for name in _NEEDED if f"{name}.max" in settings)

    def make(self, limits: Limits) -> tuple[Path, ...]:
        """A new group with the limits of a worker: the files that take a process into it."""
        with self._lock:
            self._count += 1
            return tuple(self._one(home, limits) for home in self._found())

    def remove(self, entered: Iterable[Path]) -> None:
        """Remove a group whose worker has ended. What came of it may take a moment longer: then
        the group goes at the `end`."""
        with self._lock:
            for file in entered:
                if _removed(file.parent):
                    self._made.remove(file.parent)

    def end(self) -> None:
        """Remove all of them: everything in them has been ended, and is soon gone."""
        deadline = time.monotonic() + _SECONDS
        with self._lock:
            while not self._remove() and time.monotonic() < deadline:
                time.sleep(0.005)

    def sweep(self, names: str, abandoned: Callable[[str], bool]) -> None:
        """Remove the groups that others left. The kernel keeps any in which something runs.

        Args:
            names: the pattern of the names of groups.
            abandoned: whether nobody needs one of that name any more. Of an engine in a container
                that is gone nobody knows it; its groups have been empty for long.
        """
        for home in self._found():
            for folder in home.folder.glob(names):
                if abandoned(folder.name) or _age(folder) > _ENTERED_SECONDS:
                    _removed(folder)

    def _remove(self) -> bool:
        """Remove the groups in which nothing runs any more; whether those were all."""
        self._made = [folder for folder in self._made if not _removed(folder)]
        return not self._made

    def _one(self, home: _Home, limits: Limits) -> Path:
        folder = home.folder / f"{self._name}{self._count}"
        folder.mkdir()
        self._made.append(folder)
        _limit(folder, home.settings, limits)
        return folder / _MEMBERS

    def _found(self) -> tuple[_Home, ...]:
        if self._homes is None:
            trial = f"{self._name}trial"
            self._homes = tuple(home for home in _homes() if _makes(home, trial))
        return self._homes


def _homes() -> Iterator[_Home]:
    """The groups that the engine is in, and what the kernel counts below each."""
    mounts = list(_mounts())
    for line in _lines("/proc/self/cgroup"):
        number, names, path = line.split(":", 2)
        for kind, options, root, point in mounts:
            if not f"{path}/".startswith(f"{root.rstrip('/')}/"):
                continue
            folder = point / path[len(root.rstrip("/")) :].lstrip("/")
            if number == "0" and kind == "cgroup2":
                if (home := _counting(folder)) is not None:
                    yield _Home(home, _ALL)
                break
            if kind == "cgroup" and "pids" in names.split(",") and "pids" in options:
                yield _Home(folder, _PIDS)
                break


def _mounts() -> Iterator[tuple[str, list[str], str, Path]]:
    """The mounted hierarchies of groups: kind, options, the group that is their root, and where."""
    for line in _lines("/proc/self/mountinfo"):
        before, _, after = line.partition(" - ")
        root, point = before.split()[3:5]
        kind, _, options = after.split()[:3]
        if kind in ("cgroup", "cgroup2"):
            yield kind, options.split(","), _plain(root), Path(_plain(point))


def _counting(folder: Path) -> Path | None:
    """The group below which others can count what is `_NEEDED`: this one, if any.

    That is switched on where nobody else is concerned. The kernel refuses it for a group with
    processes in it. Where the only one is this one, as in a scope of its own that systemd has
    handed over (Delegate=yes), it goes into a group below; what it starts is found there.
    """
    if folder.name == _OWN and _counts(folder.parent):
        return folder.parent
    if _counts(folder) or _switched_on(folder):
        return folder
    try:
        if (folder / _MEMBERS).read_text("ascii").split() != [str(os.getpid())]:
            return None
        (folder / _OWN).mkdir(exist_ok=True)
        (folder / _OWN / _MEMBERS).write_text("0", "ascii")
    except OSError:
        return None
    return folder if _switched_on(folder) else None


def _counts(folder: Path) -> bool:
    return set(_NEEDED) <= set(" ".join(_lines(folder / _CONTROLLERS)).split())


def _switched_on(folder: Path) -> bool:
    try:
        (folder / _CONTROLLERS).write_text(" ".join(f"+{name}" for name in _NEEDED), "ascii")
    except OSError:
        return False
    return True


def _makes(home: _Home, name: str) -> bool:
    """Whether a group can be made, limited, entered and removed: tried, not guessed."""
    folder = home.folder / name
    try:
        folder.mkdir()
        try:
            _limit(folder, home.settings, Limits())
            enter = ["/bin/sh", "-c", 'echo 0 >"$0"', str(folder / _MEMBERS)]
            return subprocess.run(enter, stderr=subprocess.DEVNULL).returncode == 0
        finally:
            folder.rmdir()
    except OSError:
        return False


def _limit(folder: Path, settings: Settings, limits: Limits) -> None:
    for name, value in settings.items():
        with contextlib.suppress(*_optional(name)):
            (folder / name).write_text(str(value(limits)), "ascii")


def _optional(name: str) -> Iterable[type[Exception]]:
    """Kernels without swap have no limit for it."""
    return (FileNotFoundError, PermissionError) if "swap" in name else ()


def _removed(folder: Path) -> bool:
    """Whether a group is gone; the kernel keeps one in which a process is."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _age(folder: Path) -> float:
    """Seconds since a group was made, or since the kernel last had to recall it."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0


def _lines(path: str | Path) -> list[str]:
    try:
        return Path(path).read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []


def _plain(path: str) -> str:
    """A path as the kernel wrote it, with its blanks again."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 8)), path)
