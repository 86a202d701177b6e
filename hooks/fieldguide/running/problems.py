"""Every problem of the sandbox, in words."""

from __future__ import annotations

from collections.abc import Iterable

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


def bad_mode(at: Location, mode: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown sandbox mode "{mode}"{did_you_mean(mode, known)}',
        f"set FIELDGUIDE_SANDBOX to one of: {', '.join(known)}",
    )
