"""Names of files and folders: what everybody sees alike, and every system can hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ...base.text import invisible, visible
from ...model import Location, Problem
from . import problems

LONGEST = 100
"""A name has at most so many bytes."""
DEEPEST = 200
"""A path has at most so many: some systems allow 260, and the project lies somewhere itself."""

_SAFE = re.compile(r"[A-Za-z0-9_.]([A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?")
"""What nearly every name is."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows."""


def at(path: str) -> Location:
    """The place of a path whose name may hold anything."""
    return Location(visible(path.replace("\n", "\\n").replace("\t", "\\t")))


def unfit(paths: Iterable[str]) -> Iterator[Problem]:
    """The problem of each name in the paths, their folders among them."""
    known = set(paths)
    for path in [*known]:
        known |= {path[:end] for end, mark in enumerate(path) if mark == "/"}
    yield from _twins(path for path in known if not _unfit(path.rpartition("/")[2]))
    for path in known:
        folder, _, name = path.rpartition("/")
        if why := _unfit(name):
            yield problems.name_unfit(at(path), why)
        elif len(path) > DEEPEST // 4 and _size(path) > DEEPEST >= _size(folder):
            yield problems.path_long(at(path), DEEPEST)


def _twins(paths: Iterable[str]) -> Iterator[Problem]:
    """The problem of each path that a system without case takes for another one."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        other = first.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
        # Of two folders, what is in both is no finding of its own.
        if other != path and path.rpartition("/")[0] == other.rpartition("/")[0]:
            yield problems.names_alike(at(path), at(other).path)


def _foreign(name: str) -> str:
    """The first character that is neither ASCII nor a Latin letter as languages write it: many
    others look like one, and a name that is read is not the one that is there."""
    for char in name:
        latin = unicodedata.name(char, "").startswith("LATIN") and (
            char < "\u0250" or "\u1e00" <= char < "\u1f00"
        )
        if not char.isascii() and not latin:
            return char
    return ""


def _unfit(name: str) -> str:
    """What is wrong with a name, in words; empty where nothing is."""
    if _SAFE.fullmatch(name) and not _RESERVED.fullmatch(name):
        return ""
    if any("\udc80" <= char <= "\udcff" for char in name):
        return "is not UTF-8"
    hidden = next((char for _, char in invisible(name)), "")
    if hidden or "\n" in name or "\t" in name or "\r" in name:
        return "holds a character that nobody sees"
    if not unicodedata.is_normalized("NFC", name):
        return "is written with accents apart from their letters, which some systems join (NFC)"
    if char := _foreign(name):
        return f"holds {char} (U+{ord(char):04X}), which can be taken for another character"
    if mark := re.search(r'[\\:*?"<>|]', name):
        return f"holds {mark[0]}, which means something else on some systems"
    if name.startswith(("-", " ")) or name.endswith((" ", ".")) or _RESERVED.fullmatch(name):
        return "means something else on some systems, or to programs that are given it"
    if _size(name) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    return ""


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
