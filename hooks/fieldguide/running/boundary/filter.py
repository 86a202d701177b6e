"""The filter of system calls, as the program of the kernel's packet filter that bubblewrap loads.

The kernel asks it for a verdict on each call, and remembers the calls that it always allows. It
denies what `system_calls` names and allows the rest.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable

from .system_calls import ARCHITECTURES, ARGUED, DENIED, NEWEST, number

Instruction = tuple[int, int, int, int]
"""Operation, how far to jump where it is true, and where it is not, and its number."""

_LOAD, _EQUAL, _GREATER, _AND, _RETURN = 0x20, 0x15, 0x25, 0x54, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE = 0, 4
"""Where the kernel's description of a call has them, in bytes."""

_NEW_NAMESPACES = 0x7E020000
_SHARED_WITHOUT_FILE, _HUGE_PAGES = 0x21, 0x40000
_TERMINALS_INPUT, _CONSOLE, _FLAGS, _FLAGS_32, _MORE_FLAGS = (
    0x5412, 0x541C, 0x40086602, 0x40046602, 0x401C5820,
)  # fmt: skip
_UNIX, _INTERNET, _INTERNET_6, _NETLINK, _ROUTES = 1, 2, 10, 16, 0
_ANY, _TCP, _UDP = 0, 6, 17
_JOIN_SESSION_KEYRING = 1


def program(architecture: str) -> bytes | None:
    """The whole filter for a machine; None for an architecture that nobody has written it for."""
    if architecture not in ARCHITECTURES:
        return None
    instructions = [
        _load(_ARCHITECTURE),
        *_unless(_EQUAL, ARCHITECTURES[architecture], _denied(errno.ENOSYS)),
        _load(_NUMBER),
        *_if(_GREATER, NEWEST, _denied(errno.ENOSYS)),
    ]
    for name in ARGUED:
        instructions += _if(_EQUAL, number(name, architecture), _ARGUMENTS[name])
    for name, (_, error) in DENIED.items():
        instructions += _if(_EQUAL, number(name, architecture), _denied(error))
    instructions += _ALLOWED
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in instructions)


def _load(offset: int) -> Instruction:
    return (_LOAD, 0, 0, offset)


def _argument(position: int, upper: bool = False) -> Instruction:
    """Load the lower half of an argument, or its upper one."""
    return _load(16 + 8 * position + 4 * upper)


def _denied(error: int) -> list[Instruction]:
    return [(_RETURN, 0, 0, _ERROR | error)]


def _if(operation: int, value: int | None, then: Iterable[Instruction]) -> list[Instruction]:
    """Do that where what is loaded is so; nothing where the architecture has no such number."""
    then = list(then)
    return [] if value is None else [(operation, 0, len(then), value), *then]


def _unless(operation: int, value: int, then: Iterable[Instruction]) -> list[Instruction]:
    then = list(then)
    return [(operation, len(then), 0, value), *then]


def _any(values: Iterable[int], then: list[Instruction]) -> list[Instruction]:
    """Do that where what is loaded is one of the values."""
    return [instruction for value in values for instruction in _if(_EQUAL, value, then)]


_ALLOWED: list[Instruction] = [(_RETURN, 0, 0, _ALLOW)]
_REFUSED = _denied(errno.EPERM)

_ARGUMENTS: dict[str, list[Instruction]] = {
    # A new process, but no new namespace.
    "clone": [_argument(0), (_AND, 0, 0, _NEW_NAMESPACES), *_if(_EQUAL, 0, _ALLOWED), *_REFUSED],
    # Shared memory only in files: those of the sandbox's disks have a limit, and leave with them.
    "mmap": [
        _argument(3),
        (_AND, 0, 0, _SHARED_WITHOUT_FILE),
        *_if(_EQUAL, _SHARED_WITHOUT_FILE, _REFUSED),
        _argument(3),
        (_AND, 0, 0, _HUGE_PAGES),
        *_if(_EQUAL, 0, _ALLOWED),
        *_REFUSED,
    ],
    # Neither type into a terminal nor set the flags of a file, which a folder passes on.
    "ioctl": [
        _argument(1),
        *_any((_TERMINALS_INPUT, _CONSOLE, _FLAGS, _FLAGS_32, _MORE_FLAGS), _REFUSED),
        *_ALLOWED,
    ],
    # The families that have namespaces, and of the internet what everybody uses.
    "socket": [
        _argument(0),
        *_any((_UNIX,), _ALLOWED),
        *_any((_NETLINK,), [_argument(2), *_if(_EQUAL, _ROUTES, _ALLOWED)]),
        _argument(0),
        *_any(
            (_INTERNET, _INTERNET_6),
            [_argument(2), *_any((_ANY, _TCP, _UDP), _ALLOWED), *_denied(errno.EPROTONOSUPPORT)],
        ),
        *_denied(errno.EAFNOSUPPORT),
    ],
    "socketpair": [
        _argument(0),
        *_if(_EQUAL, _UNIX, _ALLOWED),
        *_denied(errno.EAFNOSUPPORT),
    ],
    # Take an empty session keyring without a name, as a warm process does; nothing else.
    "keyctl": [
        _argument(0),
        *_unless(_EQUAL, _JOIN_SESSION_KEYRING, _REFUSED),
        _argument(1),
        *_unless(_EQUAL, 0, _REFUSED),
        _argument(1, upper=True),
        *_if(_EQUAL, 0, _ALLOWED),
        *_REFUSED,
    ],
}
"""What decides on a call by its arguments; each ends in a verdict."""
