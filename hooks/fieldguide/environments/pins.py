"""The pins of a lock ``environments/<framework>.txt``: distributions with their versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Location, Problem
from . import problems
from .installed import normalise

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[^\]\n]*\])?==(?P<version>[^\s;\\]+)"
    r"(?:[ \t]*;[ \t]*(?P<marker>[^\\\n]*))?",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock."""

    name: str
    """As indexes compare it."""
    version: str
    marker: str
    """For which Pythons and systems, in the notation of PEP 508; empty for all."""


_LINE = re.compile(
    r"[A-Za-z0-9][\w.-]*(\[[\w., -]*\])?==[\w.!+]+( *; *[\w.()'\"<>=!, -]+)?(?P<goes_on> \\)?",
    re.ASCII,
)
_STRINGS = re.compile(r"'[^']*'|\"[^\"]*\"")
_KINDS = frozenset(
    (
        *("implementation_name", "os_name", "platform_machine", "platform_python_implementation"),
        *("platform_system", "python_full_version", "python_version", "sys_platform"),
        *("and", "in", "not", "or"),
    )
)
"""What a marker may ask: the kind of Python and of system. By the name of a machine or the release
of its kernel, a lock could hold something else for one reviewer."""
_LONGEST = 500
"""No pin is as long, and matching a long line of blanks would take for ever."""
_HASH = re.compile(r" +--hash=sha256:[0-9a-f]{64}(?P<goes_on> \\)?")


def unfit(path: str, content: bytes) -> Iterator[Problem]:
    """What a lock holds besides pins with their hashes, comments and empty lines, each at its line.

    Anything else lets a lock decide where files come from, or what is run to make them: an
    address, a path, an option, another file.
    """
    lines = content.replace(b"\r\n", b"\n").decode("utf-8", "replace").split("\n")
    goes_on = False
    for number, line in enumerate(lines, 1):
        match = (_HASH if goes_on else _LINE).fullmatch(line[:_LONGEST])
        beside = not goes_on and re.fullmatch(" *(#.*)?", line[:_LONGEST])
        # Some readers of locks end a line at more than line feeds, and a marker at an option.
        unseen = not line.isprintable() or len(line) > _LONGEST
        hidden = match and (" -" in line.strip() or not _asks_for_kinds(line[:_LONGEST]))
        if not (match or beside) or unseen or hidden:
            yield problems.lock_line_unfit(Location(path, number), line)
        elif match and match.re is _LINE and not match["goes_on"]:
            yield problems.lock_without_hash(Location(path, number), line)
        goes_on = line.endswith("\\") and not beside


def _asks_for_kinds(line: str) -> bool:
    """Whether the marker of a line, if it has one, asks for nothing but kinds."""
    return _KINDS.issuperset(re.findall(r"[A-Za-z_]+", _STRINGS.sub("", line.partition(";")[2])))


def read(lock: str) -> Iterator[Pin]:
    """Every pin of a lock's text, in its order. A lock serves every Python, so it may pin several
    versions of one distribution."""
    for pin in _PIN.finditer(lock):
        yield Pin(normalise(pin["name"]), pin["version"], (pin["marker"] or "").strip())


def versions(lock: str, distribution: str) -> list[str]:
    """The versions of one distribution, in the order of the lock."""
    name = normalise(distribution)
    return [pin.version for pin in read(lock) if pin.name == name]


def order(version: str) -> tuple[int, ...]:
    """The numbers of a version, in a form that sorts releases by age."""
    return tuple(map(int, re.findall(r"[0-9]{1,18}", version)))
