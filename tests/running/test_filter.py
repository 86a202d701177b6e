"""The filter of system calls: its verdicts, worked out as the kernel works them out."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from fieldguide.running.boundary import system_calls
from fieldguide.running.boundary.filter import program
from fieldguide.running.boundary.system_calls import ARCHITECTURES, ARGUED, DENIED, NEWEST, number

ALLOWED = 0
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
I386 = 0x40000003


def verdict(name: str | int, *arguments: int, on: str = "x86_64", audited: int = 0) -> int:
    """The error that a call gives; 0 where it is allowed."""
    call = number(name, on) if isinstance(name, str) else name
    assert call is not None
    words = [value for argument in (*arguments, *[0] * 6)[:6] for value in _halves(argument)]
    data = [call, audited or ARCHITECTURES[on], 0, 0, *words]
    code = program(on)
    assert code is not None
    instructions = list(struct.iter_unpack("<HBBI", code))
    held, at = 0, 0
    while True:
        operation, true, false, value = instructions[at]
        at += 1
        match operation:
            case 0x20:
                held = data[value // 4]
            case 0x54:
                held &= value
            case 0x15:
                at += true if held == value else false
            case 0x25:
                at += true if held > value else false
            case 0x06:
                assert value == 0x7FFF0000 or value >> 16 == 5
                return value & 0xFFFF if value >> 16 == 5 else ALLOWED
            case other:
                raise AssertionError(other)


def _halves(value: int) -> tuple[int, int]:
    return value & 0xFFFFFFFF, value >> 32 & 0xFFFFFFFF


@pytest.mark.parametrize("on", ARCHITECTURES)
def test_what_is_denied(on: str) -> None:
    for name, (_, error) in DENIED.items():
        if number(name, on) is not None:
            assert verdict(name, on=on) == error, name


@pytest.mark.parametrize("on", ARCHITECTURES)
def test_all_else_is_allowed(on: str) -> None:
    known = {number(name, on) for name in (*DENIED, *ARGUED)}
    for call in set(range(NEWEST + 1)) - known:
        assert verdict(call, on=on) == ALLOWED


def test_calls_of_another_kind_are_unknown() -> None:
    """Those of later kernels, of x32, and of 32 bits, whose numbers mean something else."""
    assert verdict(NEWEST + 1) == verdict(0x40000000 + 59) == errno.ENOSYS
    assert verdict(4, audited=I386) == errno.ENOSYS
    assert verdict(4, on="aarch64", audited=ARCHITECTURES["x86_64"]) == errno.ENOSYS
    assert program("riscv64") is None


UNIX, INTERNET, INTERNET_6, NETLINK, ALG, VSOCK = 1, 2, 10, 16, 38, 40
ARGUMENTS: list[tuple[str, tuple[int, ...], int]] = [
    ("clone", (17,), ALLOWED),
    ("clone", (0x3D0F00,), ALLOWED),  # a thread
    *(("clone", (17 | 1 << bit,), errno.EPERM) for bit in (17, 25, 26, 27, 28, 29, 30)),
    ("mmap", (0, 4096, 3, 0x22, 2**64 - 1), ALLOWED),
    ("mmap", (0, 4096, 3, 0x01, 3), ALLOWED),  # a file
    ("mmap", (0, 4096, 3, 0x21, 2**64 - 1), errno.EPERM),
    ("mmap", (0, 4096, 3, 0x23, 2**64 - 1), errno.EPERM),
    ("mmap", (0, 4096, 3, 0x8021, 2**64 - 1), errno.EPERM),
    ("mmap", (0, 4096, 3, 0x40022, 2**64 - 1), errno.EPERM),
    ("ioctl", (0, 0x5401), ALLOWED),
    ("ioctl", (0, 0x5412), errno.EPERM),
    ("ioctl", (0, 0x541C), errno.EPERM),
    ("ioctl", (3, 0x40086602), errno.EPERM),
    ("ioctl", (3, 0x100000000 | 0x5412), errno.EPERM),  # the kernel looks at the lower half
    ("socket", (UNIX, 1), ALLOWED),
    ("socket", (INTERNET, 1), ALLOWED),
    ("socket", (INTERNET_6, 2, 17), ALLOWED),
    ("socket", (INTERNET, 1, 132), errno.EPROTONOSUPPORT),
    ("socket", (NETLINK, 3, 0), ALLOWED),
    ("socket", (NETLINK, 3, 15), errno.EAFNOSUPPORT),
    ("socket", (VSOCK, 1), errno.EAFNOSUPPORT),
    ("socket", (ALG, 5), errno.EAFNOSUPPORT),
    ("socketpair", (UNIX, 1), ALLOWED),
    ("socketpair", (30, 1), errno.EAFNOSUPPORT),
    ("keyctl", (1, 0), ALLOWED),
    ("keyctl", (1, 0x7F0000000000), errno.EPERM),
    ("keyctl", (1, 4096), errno.EPERM),
    ("keyctl", (11, 5), errno.EPERM),
]


@pytest.mark.parametrize("on", ARCHITECTURES)
@pytest.mark.parametrize(("name", "arguments", "expected"), ARGUMENTS)
def test_what_arguments_decide(
    name: str, arguments: tuple[int, ...], expected: int, on: str
) -> None:
    assert verdict(name, *arguments, on=on) == expected


@pytest.mark.parametrize("on", ARCHITECTURES)
def test_the_numbers_are_those_of_the_headers(on: str) -> None:
    header = HEADERS[on]
    if not header.exists():
        pytest.skip(f"no {header}: the headers of the kernel are not installed")
    numbers: dict[str, int] = {}
    for name, value in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text()):
        numbers.setdefault(name, int(value))
    newest = max(numbers.values())
    for name in (*DENIED, *ARGUED):
        known = number(name, on)
        if known is None or known <= newest:
            assert numbers.get(name) == known, name


def test_the_list_is_no_longer_than_a_jump() -> None:
    """Each rule jumps over its own verdict alone, and the kernel takes 4,096 instructions."""
    for architecture in system_calls.ARCHITECTURES:
        code = program(architecture)
        assert code is not None
        assert len(code) // 8 < 4096
