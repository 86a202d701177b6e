"""What a snippet may touch, layer by layer, and which layers are on.

The boundary is one bubblewrap around each worker process: namespaces of its own for files, network
and processes, made without privileges. Everything else is a seat belt. What is on is shown by a
process inside, compared with the machine outside, and stored with every result.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ..base.problems import ProblemError
from ..model import FenceJob, Job, Location, Problem
from ..model.layers import ALWAYS, BOUNDARY, JUDGE, POSIX
from . import problems
from .boundary import proof

_SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store",
    "/etc/ld.so.cache", "/etc/alternatives",
)  # fmt: skip
"""What a Python needs of a Linux system: programs and libraries, no settings, no users."""


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
    missing: Problem | None = None
    """Why there is none."""

    def layers_of(self, job: Job) -> tuple[str, ...]:
        """The layers around one job. No judge stands apart from a production server, whose checks
        run in its own sandbox, nor from the fences of a page, which report what they did."""
        unjudged = job.server or isinstance(job, FenceJob)
        return tuple(layer for layer in self.layers if not (unjudged and layer in JUDGE))

    @property
    def bounded(self) -> bool:
        """Whether there is a boundary, and not only seat belts."""
        return bool(self.bubblewrap)

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
    options = [
        *("--unshare-all", "--unshare-user", "--cap-drop", "ALL"),
        *("--die-with-parent", "--new-session"),
    ]
    missing = None
    # Older ones do not know how to forbid namespaces inside; they are boundaries all the same.
    for more in (["--disable-userns"], []):
        whole = Sandbox((*layers, *BOUNDARY), bubblewrap=(program, *options, *more))
        try:
            lacking = proof.lacking(whole.command)
        except proof.RefusedError as error:
            missing = problems.bubblewrap_refused(_HERE, str(error))
            continue
        if not lacking:
            return whole
        return Sandbox(layers, missing=problems.no_boundary_shown(_HERE, program, lacking))
    return Sandbox(layers, missing=missing)


def default_mode() -> Mode:
    """The mode that the environment variable names; raises `ProblemError` for an unknown one."""
    word = os.environ.get(VARIABLE) or Mode.AUTO
    try:
        return Mode(word)
    except ValueError:
        raise ProblemError(problems.bad_mode(Location(VARIABLE), word, list(Mode))) from None
