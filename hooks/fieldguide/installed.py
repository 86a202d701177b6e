"""What stands in a virtual environment: its distributions, and digests of its files.

Two digests, as git keeps them for its index: a cheap one over sizes and times, which is taken at
every start, and one over contents, which is taken only when the cheap one has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from .model import Distribution

_HOW_IT_WAS_INSTALLED = ("INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "uv_cache.json")
"""Files of a ``.dist-info`` that say how something came here, not what it is."""


def normalise(name: str) -> str:
    """A distribution's name as indexes compare it: ``web.py`` and ``Web_Py`` are ``web-py``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def stat_digest(site: Path) -> str:
    """Digest of every file's path, size and time of change; ``__pycache__`` does not count."""
    lines = []
    folders = [(str(site), "")]
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if not entry.is_dir(follow_symlinks=False):
                    stat = entry.stat(follow_symlinks=False)
                    lines.append(f"{prefix}{name}\0{stat.st_size} {stat.st_mtime_ns}")
                elif name != "__pycache__":
                    folders.append((entry.path, f"{prefix}{name}/"))
    lines.sort()
    return hashlib.sha256(os.fsencode("\n".join(lines))).hexdigest()


def fingerprint(site: Path) -> str:
    """Digest of what is installed, the same on every machine with the same distributions."""
    digest = hashlib.sha256()
    for name, path in sorted(_files(str(site))):
        folder, _, base = name.rpartition("/")
        if folder.endswith(".dist-info") and base in _HOW_IT_WAS_INSTALLED:
            continue
        content = path.read_bytes() if not path.is_symlink() else os.fsencode(os.readlink(path))
        if folder.endswith(".dist-info") and base == "RECORD":
            content = _portable(content)
        digest.update(b"%b\0%d\0" % (os.fsencode(name), len(content)))
        digest.update(content)
    return digest.hexdigest()


def distributions(site: Path, direct: Collection[str]) -> tuple[Distribution, ...]:
    """What is installed, by name; ``direct`` are the normalised names that the project asks for."""
    found = []
    for info in sorted(site.glob("*.dist-info")):
        fields: dict[str, str] = {}
        for line in (info / "METADATA").read_text("utf-8", "replace").splitlines():
            if not line:
                break  # the description follows
            key, _, value = line.partition(": ")
            fields.setdefault(key, value)
        name = normalise(fields.get("Name", ""))
        modules = tuple(sorted(_modules(info / "RECORD")))
        found.append(Distribution(name, fields.get("Version", ""), modules, name in direct))
    return tuple(sorted(found, key=lambda distribution: distribution.name))


def _files(folder: str, prefix: str = "") -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield prefix + entry.name, Path(entry.path)
            elif entry.name != "__pycache__":
                yield from _files(entry.path, f"{prefix}{entry.name}/")


def _portable(record: bytes) -> bytes:
    """A RECORD without what differs between machines: scripts, byte code, how it was installed."""
    kept = []
    for line in record.splitlines():
        path = line.partition(b",")[0].strip(b'"')
        script = path.startswith((b"..", b"/"))  # its first line names the interpreter
        if not script and not path.endswith((b".pyc", *map(os.fsencode, _HOW_IT_WAS_INSTALLED))):
            kept.append(line)
    return b"\n".join(sorted(kept))


def _modules(record: Path) -> set[str]:
    """The top-level names that a distribution's files make importable."""
    import csv

    modules = set()
    with record.open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            if not row or not row[0].endswith((".py", ".so", ".pyd")):
                continue
            top = row[0].split("/")[0].split(".")[0]
            if top.isidentifier() and not row[0].startswith(".."):
                modules.add(top)
    return modules
