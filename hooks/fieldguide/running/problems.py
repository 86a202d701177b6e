"""Every problem of the sandbox, in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..base.problems import did_you_mean
from ..model import Location, Problem

# The sandbox


def no_boundary_here(at: Location, platform: str) -> Problem:
    return Problem(
        at,
        f"not a sandbox: on {platform} a snippet can reach this machine's files and network",
        "run only snippets that you have read; on Linux, and in CI, bubblewrap is the boundary",
        severity="warning",
    )


def no_bubblewrap(at: Location) -> Problem:
    return Problem(
        at,
        "not a sandbox: the program bwrap is missing, so a snippet can reach files and network",
        "install bubblewrap (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install "
        "bubblewrap; Arch: pacman -S bubblewrap)",
        severity="warning",
    )


def bubblewrap_refused(at: Location, error: str) -> Problem:
    return Problem(
        at,
        f"not a sandbox: bubblewrap cannot make namespaces here ({error})",
        "allow them: sysctl -w kernel.unprivileged_userns_clone=1 where that setting exists, on "
        "Ubuntu sysctl -w kernel.apparmor_restrict_unprivileged_userns=0; a container needs to be "
        "started with them",
        severity="warning",
    )


NESTING = "it does not forbid namespaces inside (bubblewrap knows --disable-userns since 0.8)"
ROOT = "a process inside is user 0"
HOST_NAME = "a process inside is told this machine's name"
NO_FILTER = "no filter of system calls is written for this architecture, or its kernel takes none"
NOT_PROCESS_1 = "it is not process 1 of a process table of its own"


def shared_namespaces(kinds: Iterable[str]) -> str:
    return f"it shares namespaces with the engine: {', '.join(kinds) or 'all'}"


def sees(home: Path) -> str:
    return f"it sees files of this machine outside of what it is given, as in {home}"


def writes(folder: str) -> str:
    return f"it can write to {folder}"


def changes(nodes: Iterable[str]) -> str:
    return f"it can change the machine's device nodes: {', '.join(nodes)}"


def calls(names: Iterable[str]) -> str:
    return f"the filter lets system calls through: {', '.join(names)}"


def less_than_strict(at: Location, lacking: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"the sandbox is less than strict demands: {'; '.join(lacking)}",
        "have bubblewrap 0.8 or later, and util-linux, on x86_64 or aarch64; without them run only "
        "snippets that you have read",
        severity="warning",
    )


def no_boundary_shown(at: Location, program: str, lacking: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"not a sandbox: {program} ran a process, but that showed: {'; '.join(lacking)}",
        "install the bubblewrap of your distribution, and take away what stands in its place",
        severity="warning",
    )


def bad_mode(at: Location, mode: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown sandbox mode "{mode}"{did_you_mean(mode, known)}',
        f"set FIELDGUIDE_SANDBOX to one of: {', '.join(known)}",
    )
