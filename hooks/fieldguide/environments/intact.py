"""Whether an environment is still what was installed, file by file.

Each distribution has a RECORD with the digest of every file of its own. The rest, such as byte code
and the link to the interpreter, has one digest in the manifest. Both lie in the environment's own
folder: this tells of what was changed there by accident or in haste, not of a forger who may write
the folder.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SETTINGS = "pyvenv.cfg"


def foundation(folder: Path, files: Iterable[Path] | None = None) -> dict[Path, bytes]:
    """The content of those files, or of all that are there; of a link, where it leads."""
    contents = {}
    for path in folder.rglob("*") if files is None else files:
        if path.is_symlink():
            contents[path] = os.fsencode(os.readlink(path))
        elif path.is_file():
            contents[path] = path.read_bytes()
    return contents


def replaced(folder: Path, before: dict[Path, bytes]) -> str | None:
    """A file that the environment had before anything was installed, and has no more: a wheel may
    put files anywhere, such as a ``pyvenv.cfg`` that lets in what the system has."""
    after = foundation(folder, before)
    changed = [path for path, content in before.items() if after.get(path) != content]
    return min(path.relative_to(folder).as_posix() for path in changed) if changed else None


def stamp(folder: Path, site: Path) -> str:
    """Digest of every file's path, size, times and number on its disk; empty where some are gone.

    The time of change of a file's entry is the system's own: a copy has another stamp, and so has
    a file that was written and dated back.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(_files(folder, site)):
            stat = os.stat(path, follow_symlinks=not _is_link(path))
            line = f"{path.removeprefix(str(folder))}\0{stat.st_size} {stat.st_ino} "
            line += f"{stat.st_mtime_ns} {stat.st_ctime_ns}\0"
            digest.update(os.fsencode(line))
    except OSError:
        return ""
    return digest.hexdigest()


def rest(folder: Path, site: Path) -> str:
    """Digest of the files that no RECORD has a digest of, the RECORDs among them."""
    listed = _listed(site)
    digest = hashlib.sha256()
    for path in sorted(_files(folder, site)):
        if not listed.get(path):
            linked = _is_link(path)
            content = os.fsencode(os.readlink(path)) if linked else Path(path).read_bytes()
            name = os.fsencode(os.path.relpath(path, folder))
            digest.update(b"%b\0%d\0%d\0" % (name, linked, len(content)))
            digest.update(content)
    return digest.hexdigest()


def changed(folder: Path, site: Path, rest_then: str) -> list[str]:
    """The paths, relative to ``folder``, of what is not as it was installed.

    The folder itself, as ``.``, where only what no RECORD has a digest of differs from `rest` of
    then, or where it cannot be read.
    """
    try:
        paths = _changed(folder, site, rest_then)
    except (OSError, ValueError, csv.Error):
        return ["."]
    return sorted(Path(os.path.relpath(path, folder)).as_posix() for path in paths)


def _changed(folder: Path, site: Path, rest_then: str) -> set[str]:
    listed = _listed(site)
    there = set(_files(folder, site))
    wrong = {path for path, digest in listed.items() if _unlike(path, digest)}
    inside = f"{site}{os.sep}"
    for path in there - listed.keys():
        if path.startswith(inside) and "__pycache__" not in path.removeprefix(inside).split(os.sep):
            wrong.add(path)
    if not wrong and rest(folder, site) != rest_then:
        wrong.add(str(folder))
    return wrong


def _listed(site: Path) -> dict[str, str]:
    """Every file that a RECORD lists, with its digest as written there."""
    listed: dict[str, str] = {}
    for record in sorted(site.glob("*.dist-info/RECORD")):
        with record.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                if len(row) > 1 and not row[0].endswith(".pyc"):
                    listed[os.path.normpath(os.path.join(site, row[0]))] = row[1]
        listed[str(record)] = ""
    return listed


def _unlike(path: str, written: str) -> bool:
    """Whether a file is another one than its RECORD says; only a RECORD has no digest itself."""
    algorithm, _, expected = written.partition("=")
    if not os.path.isfile(path) or os.path.islink(path):
        return True
    if not written:
        return os.path.basename(path) != "RECORD"
    if algorithm not in hashlib.algorithms_guaranteed:
        return True
    digest = hashlib.new(algorithm, Path(path).read_bytes()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != expected


def _is_link(path: str) -> bool:
    """Whether a link is told by where it leads, and not by what is there. The settings may lie
    behind one: only their words count."""
    return os.path.islink(path) and os.path.basename(path) != _SETTINGS


def _files(folder: Path, site: Path) -> Iterator[str]:
    """Every file and link of the environment that an interpreter or a person may start or load."""
    waiting: list[Path | str] = [site, folder / ("Scripts" if os.name == "nt" else "bin")]
    while waiting:
        for entry in _entries(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield entry.path
    yield str(folder / _SETTINGS)


def _entries(folder: Path | str) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)
