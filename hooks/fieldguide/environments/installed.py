"""The contents of a virtual environment: its distributions, and digests of its files.

There are two digests, as git has for its index: a cheap one over sizes and times, taken at every
start, and one over contents, taken only when the cheap one has changed.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..model import Distribution

_HOW_IT_WAS_INSTALLED = ("INSTALLER", "REQUESTED", "WHEEL", "direct_url.json", "uv_cache.json")
"""Files of a ``.dist-info`` that say how a distribution was installed, not what it is."""


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
    distributions: dict[str, Distribution] = {}
    requirements: dict[str, list[str]] = {}
    for info in sorted(site.glob("*.dist-info")):
        fields: dict[str, list[str]] = {}
        for line in (info / "METADATA").read_text("utf-8", "replace").splitlines():
            if not line:
                break  # the description follows
            key, _, value = line.partition(": ")
            fields.setdefault(key, []).append(value)
        name = normalise(fields.get("Name", [""])[0])
        version = fields.get("Version", [""])[0]
        modules = tuple(sorted(_modules(info / "RECORD")))
        distributions[name] = Distribution(name, version, modules, name in direct)
        requirements[name] = fields.get("Requires-Dist", [])
    requires = _requires(requirements, direct)
    return tuple(
        replace(distributions[name], requires=requires[name]) for name in sorted(distributions)
    )


def _requires(
    requirements: Mapping[str, Collection[str]], direct: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """What each distribution needs of the others, by its lines ``Requires-Dist``.

    A requirement of an extra counts only where nothing else explains why it is installed.
    """
    from packaging.requirements import Requirement

    always: dict[str, set[str]] = {name: set() for name in requirements}
    extra: dict[str, set[str]] = {name: set() for name in requirements}
    for name, lines in requirements.items():
        for line in lines:
            try:
                requirement = Requirement(line)
                marker = requirement.marker
                holds = marker is None or marker.evaluate({"extra": ""})
            except (ValueError, RecursionError):  # what wheels say is not ours to judge
                continue
            required = normalise(requirement.name)
            if required not in requirements:
                continue
            if holds:
                always[name].add(required)
            elif "extra" in str(marker):
                extra[name].add(required)
    explained = set(direct).union(*always.values())
    return {name: tuple(sorted(always[name] | (extra[name] - explained))) for name in requirements}


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
    """The names that a distribution's files make importable: ``flask``, ``zope.sqlalchemy``.

    The dotted ones lie in a package that has no ``__init__.py`` and may be others' as well.
    """
    import csv

    with record.open(encoding="utf-8", newline="") as lines:
        paths = [row[0] for row in csv.reader(lines) if row]
    files = [
        path.split("/")
        for path in paths
        if path.endswith((".py", ".so", ".pyd")) and not path.startswith("..")
    ]
    whole = {parts[0] for parts in files if len(parts) == 2 and parts[1].startswith("__init__.")}
    modules = set()
    for parts in files:
        depth = 1 if len(parts) == 1 or parts[0] in whole else 2
        names = [part.split(".")[0] for part in parts[:depth]]
        if all(name.isidentifier() for name in names):
            modules.add(".".join(names))
    return modules
