"""What a process inside the sandbox can show of it: looked up and tried, never taken for granted.

Standard library only. The engine compares what is shown with its own machine, because an exit
status says nothing: a program called bwrap may start everything it is given, and hide nothing.
"""

from __future__ import annotations

import contextlib
import errno
import json
import mmap
import os
import socket
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

NAMESPACES = ("user", "mnt", "pid", "net", "ipc", "uts")


def main(hidden: list[str], folders: list[str]) -> None:
    """Print what this process shows, as JSON.

    Args:
        hidden: files that it must not see.
        folders: those that it must not write to, and whose names it lists.
    """
    json.dump(shown(hidden, folders), sys.stdout)


def shown(hidden: Iterable[str], folders: Iterable[str]) -> dict[str, Any]:
    """Everything that there is to show."""
    listed = {folder: names(folder) for folder in folders}
    return {
        "pid": os.getpid(),
        "namespaces": dict(_namespaces()),
        "seen": [path for path in hidden if os.path.lexists(path)],
        "listed": listed,
        "user": os.getuid(),
        "host": os.uname().nodename,
        "changed": [path for path in _nodes() if _changes(path)],
        "allowed": [name for name, call in CALLS.items() if _answered(call)],
        "written": [folder for folder in (*listed, "/", "/usr", "/etc", "/dev") if takes(folder)],
    }


def _namespaces() -> Iterator[tuple[str, str]]:
    for name in NAMESPACES:
        with contextlib.suppress(OSError):
            yield name, os.readlink(f"/proc/self/ns/{name}")


def names(folder: str) -> list[str]:
    """What a folder is seen to hold; nothing where it is not there, or closed."""
    with contextlib.suppress(OSError):
        return os.listdir(folder)
    return []


def takes(folder: str) -> bool:
    """Whether a file can be made in a folder; it is gone again at once."""
    path = os.path.join(folder, f".fieldguide-{os.urandom(8).hex()}")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        return False
    os.unlink(path)
    return True


def _nodes() -> Iterator[str]:
    """The device nodes: the inodes of the machine itself, wherever they are mounted."""
    for name in names("/dev"):
        path = f"/dev/{name}"
        if not os.path.islink(path) and stat.S_ISCHR(os.stat(path).st_mode):
            yield path


def _changes(path: str) -> bool:
    """Whether a file's rights can be set, here to what they are."""
    try:
        os.chmod(path, stat.S_IMODE(os.stat(path).st_mode))
    except OSError:
        return False
    return True


def _answered(call: Callable[[], object]) -> bool:
    """Whether the kernel did what a call asks for, or had a reason of its own not to."""
    try:
        call()
    except OSError as error:
        return error.errno not in (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EAFNOSUPPORT)
    return True


def _called(name: str, *arguments: Any) -> int:
    """A call of the C library; raises OSError as the functions of `os` do."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    function = getattr(library, name, None)
    if function is None:  # the library knows as little of it
        raise OSError(errno.ENOSYS, name)
    if (result := int(function(*arguments))) < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


CALLS: dict[str, Callable[[], object]] = {
    "mmap": lambda: mmap.mmap(-1, 1).close(),
    "memfd_create": lambda: os.close(os.memfd_create("")),
    "msgget": lambda: _called("msgget", 1, 0),
    "semget": lambda: _called("semget", 1, 0, 0),
    "shmget": lambda: _called("shmget", 1, 0, 0),
    "mq_open": lambda: _called("mq_open", b"/none", 0),
    "setxattr": lambda: os.setxattr("none", "user.none", b""),
    "ptrace": lambda: _called("ptrace", 0x4206, 0, 0, 0),
    "AF_VSOCK": lambda: socket.socket(40, socket.SOCK_STREAM).close(),
    "AF_ALG": lambda: socket.socket(38, socket.SOCK_SEQPACKET).close(),
}
"""Some calls of each kind that the filter denies. Each asks for what is not there, or for nothing
that stays: they are made where no filter is, too."""
