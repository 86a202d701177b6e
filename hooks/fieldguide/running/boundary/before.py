"""What is done before bubblewrap starts, because it has no option for it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

_NODES = ("full", "null", "random", "tty", "urandom", "zero")
"""Those below /dev that bubblewrap takes from the machine: the nodes themselves."""
_JOINED = 'while [ "$1" != -- ]; do echo 0 >"$1" || exit; shift; done; shift; '
"""The shell, and so all that comes of it, goes into control groups, or ends."""
_FIRST_TO_GO = 'echo 1000 >/proc/self/oom_score_adj; exec "$@"'
"""Where the machine's memory is short, the kernel ends a snippet before anything else."""
_LOCKED = f"for node in {' '.join(_NODES)}; do mount -o bind,ro /dev/$node /dev/$node; done; "
"""Bubblewrap shows the nodes as they are mounted, and read-only nobody can change their rights."""


def before(groups: Iterable[Path] = ()) -> list[str]:
    """What goes before bubblewrap's own command.

    Root, as which many containers run, owns the machine's device nodes and so may change them.

    Args:
        groups: the files that take a process into control groups.
    """
    shell = ["/bin/sh", "-c", _JOINED + _FIRST_TO_GO, "sh", *map(str, groups), "--"]
    unshare = shutil.which("unshare")
    if os.stat(os.devnull).st_uid != os.geteuid() or unshare is None:
        return shell
    shell[2] = _JOINED + _LOCKED + _FIRST_TO_GO
    return [unshare, "--map-root-user", "--mount", *shell]


@contextlib.contextmanager
def readable_once(content: bytes) -> Iterator[int]:
    """A descriptor that a program can read it from; it is short enough for a pipe to hold it."""
    output, input = os.pipe()
    try:
        os.write(input, content)
        os.close(input)
        yield output
    finally:
        os.close(output)
