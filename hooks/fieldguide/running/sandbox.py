"""What a snippet may touch, layer by layer, and which layers are on.

The boundary is one bubblewrap around each worker process: namespaces of its own for files, network
and processes, made without privileges. Everything else is a seat belt. What is on is shown by a
process inside, compared with the machine outside, and stored with every result.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from ..base.problems import ProblemError
from ..model import FenceJob, Job, Location, Problem
from ..model.layers import ALWAYS, BOUNDARY, FILTER, JUDGE, POSIX
from . import problems
from .boundary import filter, proof
from .boundary.before import before, readable_once

_SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store",
    "/etc/ld.so.cache", "/etc/alternatives",
)  # fmt: skip
"""What a Python needs of a Linux system: programs and libraries, no settings, no users."""

_OPTIONS = (
    *("--unshare-all", "--unshare-user", "--cap-drop", "ALL", "--die-with-parent"),
    *("--new-session", "--uid", "65534", "--gid", "65534", "--hostname", proof.HOST),
)
"""Of bubblewrap, always: namespaces of its own for everything, and nobody in them has rights."""
_NO_NESTING = "--disable-userns"
"""No namespaces inside; bubblewrap has it since 0.8."""
_MASKED = ("cmdline", "kallsyms", "kcore", "key-users", "keys", "timer_list")
"""Files of /proc that tell of the machine and not of the namespaces."""
_EMPTIED = "/usr/local/etc"
"""The only settings of the machine below the folders of its programs."""
_HERE = Location("this machine")
VARIABLE = "FIELDGUIDE_SANDBOX"
"""The environment variable that names the mode."""


class Mode(StrEnum):
    """What to do where a layer is missing."""

    STRICT = "strict"
    """Have every layer, or refuse to run."""
    AUTO = "auto"
    """Go on, and say so once; without the layer that has a price for each snippet."""
    OFF = "off"
    """Do not even try bubblewrap: to measure what it costs."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What goes around every worker process of one run."""

    layers: tuple[str, ...]
    """Those that are on."""
    judge: bool = False
    """Whether the checks run in a process of their own."""
    bubblewrap: tuple[str, ...] = ()
    """The program and its first options; empty where there is no boundary."""
    filter: bytes = b""
    """What the kernel asks about each system call; empty where nobody has written that."""
    missing: Problem | None = None
    """What it lacks of all that the strict mode demands."""

    def layers_of(self, job: Job) -> tuple[str, ...]:
        """The layers around one job. No judge stands apart from a production server, whose checks
        run in its own sandbox, nor from the fences of a page, which report what they did."""
        unjudged = job.server or isinstance(job, FenceJob)
        return tuple(layer for layer in self.layers if not (unjudged and layer in JUDGE))

    @property
    def bounded(self) -> bool:
        """Whether there is a boundary, and not only seat belts."""
        return bool(self.bubblewrap)

    def start(
        self,
        arguments: Sequence[str],
        readable: Iterable[Path],
        folder: Path,
        disk_bytes: int,
        first: bool = True,
        variables: Mapping[str, str] | None = None,
        groups: Iterable[Path] = (),
        **options: Any,
    ) -> subprocess.Popen[bytes]:
        """Start a program inside; ``options`` are those of Popen, ``groups`` as of `before`, all
        else is as of `command`. The ``variables`` are added to the environment of what is inside,
        and not of bubblewrap."""
        inside = variables or {}
        if not self.bubblewrap:
            options["env"] = {**options.get("env", os.environ), **inside}
            return subprocess.Popen(arguments, **options)
        command = self.command(arguments, readable, folder, disk_bytes, first)
        for name, value in inside.items():
            command[command.index("--") : 0] = ["--setenv", name, value]
        with readable_once(self.filter) as descriptor:
            if self.filter:
                command[command.index("--") : 0] = ["--seccomp", str(descriptor)]
            return subprocess.Popen([*before(groups), *command], pass_fds=[descriptor], **options)

    def command(
        self,
        arguments: Sequence[str],
        readable: Iterable[Path],
        folder: Path,
        disk_bytes: int,
        first: bool = True,
    ) -> list[str]:
        """The command that runs ``arguments`` inside.

        Args:
            arguments: the program and its arguments.
            readable: files and folders that it sees besides the system's libraries.
            folder: its own; a memory of its own in the sandbox, which nothing outside sees.
            disk_bytes: how much it may write there.
            first: whether the program is process 1, which looks after all others and which no
                signal of theirs ends; else bubblewrap's own reaper is.
        """
        if not self.bubblewrap:
            return list(arguments)
        command = [*self.bubblewrap, *(["--as-pid-1"] if first else [])]
        for path in dict.fromkeys([*map(Path, _SYSTEM), *readable]):
            if path.is_symlink() and str(path) in _SYSTEM:
                command += ["--symlink", str(path.readlink()), str(path)]
            elif path.exists():
                command += ["--ro-bind", str(path), str(path)]
        command += ["--proc", "/proc", "--dev", "/dev"]
        # It reads as noughts too, but cannot be mapped: that would be memory of no disk.
        command += ["--dev-bind", "/dev/full", "/dev/zero"]
        for name in _MASKED:
            if Path("/proc", name).exists():
                command += ["--ro-bind", "/dev/null", f"/proc/{name}"]
        if Path(_EMPTIED).is_dir():
            command += ["--tmpfs", _EMPTIED, "--remount-ro", _EMPTIED]
        for place in ("/dev/shm", str(folder)):
            command += ["--size", str(disk_bytes), "--tmpfs", place]
        # The roots of both are memory as well, and nobody limits it. /proc holds settings of the
        # kernel that root may write even without any capability.
        for place in ("/proc", "/dev", "/"):
            command += ["--remount-ro", place]
        command += ["--chdir", str(folder)]
        return [*command, "--", *arguments]


def best(mode: Mode, fork: bool) -> Sandbox:
    """What a machine of this platform can have at most; nothing is tried, nothing can be run."""
    layers: tuple[str, ...] = ALWAYS
    if sys.platform != "win32":
        layers += POSIX
    if mode is not Mode.OFF and sys.platform.startswith("linux"):
        layers += BOUNDARY
    return Sandbox(layers + (JUDGE if mode is Mode.STRICT and fork else ()))


class Machine:
    """What this machine can put around a process in a mode: tried once, when it is asked for."""

    def __init__(self, mode: Mode, fork: bool) -> None:
        self.mode, self.fork = mode, fork

    @cached_property
    def sandbox(self) -> Sandbox:
        """The sandbox; raises `ProblemError` where a strict one cannot be had."""
        return sandbox(self.mode, self.fork)


def sandbox(mode: Mode, fork: bool) -> Sandbox:
    """The sandbox of this machine, tried now; raises `ProblemError` where a strict one cannot be
    had."""
    if mode is Mode.STRICT:
        around = sandbox(Mode.AUTO, fork)
        if around.missing is not None:
            raise ProblemError(replace(around.missing, severity="error"))
        return replace(around, layers=(*around.layers, *(JUDGE if fork else ())), judge=fork)
    layers = best(Mode.OFF, fork).layers
    if mode is Mode.OFF:
        return Sandbox(layers)
    if not sys.platform.startswith("linux"):
        return Sandbox(layers, missing=problems.no_boundary_here(_HERE, sys.platform))
    program = shutil.which("bwrap")
    if program is None:
        return Sandbox(layers, missing=problems.no_bubblewrap(_HERE))
    return _tried(program, layers)


def _tried(program: str, layers: tuple[str, ...]) -> Sandbox:
    """The most that bubblewrap can be had with; what it lacks is said, and without a boundary there
    is none."""
    calls = filter.program(platform.machine()) or b""
    refused = ""
    for nesting, filtered in ((False, calls), (True, calls), (False, b""), (True, b"")):
        options = (program, *_OPTIONS, *(() if nesting else (_NO_NESTING,)))
        boundary = [layer for layer in BOUNDARY if filtered or layer != FILTER]
        candidate = Sandbox((*layers, *boundary), bubblewrap=options, filter=filtered)
        try:
            lacking = proof.lacking(candidate.start, bool(filtered))
        except proof.RefusedError as error:
            refused = str(error)
            continue
        if lacking.boundary:
            missing = problems.no_boundary_shown(_HERE, program, lacking.boundary)
            return Sandbox(layers, missing=missing)
        less = [*([problems.NESTING] if nesting else []), *lacking.more]
        if less:
            return replace(candidate, missing=problems.less_than_strict(_HERE, less))
        return candidate
    return Sandbox(layers, missing=problems.bubblewrap_refused(_HERE, refused))


def default_mode() -> Mode:
    """The mode that the environment variable names; raises `ProblemError` for an unknown one."""
    word = os.environ.get(VARIABLE) or Mode.AUTO
    try:
        return Mode(word)
    except ValueError:
        raise ProblemError(problems.bad_mode(Location(VARIABLE), word, list(Mode))) from None
