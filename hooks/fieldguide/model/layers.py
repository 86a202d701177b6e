"""The names of the layers between a snippet and the machine."""

from __future__ import annotations

ALWAYS = ("own process", "own folder", "own environment variables", "wall clock", "output limit")
"""On every system."""


POSIX = ("resource limits",)
"""On every system but Windows."""


JUDGE = ("separate judge",)
"""The checks run in a process of their own, so that a snippet cannot lie about its checks. That
costs about as much as a small snippet itself, so only `Mode.STRICT` has it."""


FILTER = "system call filter"
BOUNDARY = ("own file system", "no network", "own process table", FILTER)
"""What bubblewrap gives."""
