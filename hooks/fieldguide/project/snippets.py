"""Read the folder of one snippet: its files, and what is declared beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..base import problems as base_problems
from ..base import toml
from ..base.files import IGNORED, content_of, located
from ..base.problems import Problems
from ..model import Cell, Contract, Deviation, Kind, Location, Problem, Snippet, snippet_id
from ..pages import sections
from . import cells, deviations, problems

ENTRY = "app.py"
"""The file of a snippet that exports ``app``."""


def read(
    collector: Problems, root: Path, folder: Path, contract: Contract | None
) -> Snippet | Cell | None:
    """The snippet in a folder, or the cell of one that is not possible.

    None where the collector got a problem of it. ``contract`` says which deviations there can be.
    """
    id = snippet_id(folder.parent.name, folder.name)
    place = located(root, folder).path
    own = Problems()
    files = _files(own, root, folder)
    deviations_file, cell_file = files.pop(deviations.NAME, None), files.pop(cells.NAME, None)
    for name, content in files.items():
        own.add(*_misused(f"{place}/{name}", content))
    declared: tuple[Deviation, ...] = ()
    if deviations_file is not None:
        where = Location(f"{place}/{deviations.NAME}")
        declared = deviations.read(own, where, deviations_file, contract)
    cell = None
    if cell_file is not None:
        cell = cells.read(own, root, id, f"{place}/{cells.NAME}", cell_file, files)
    impossible = cell is not None and cell.kind is Kind.NOT_POSSIBLE
    if not own and not impossible and ENTRY not in files:
        programs = [name for name in files if "/" not in name and name.endswith(".py")]
        own.add(problems.no_entry(Location(f"{place}/{ENTRY}"), id, programs))
    collector.add(*own)
    if own:
        return None
    if impossible:
        return cell
    return Snippet(
        id=id,
        concept=folder.parent.name,
        framework=folder.name,
        files=files,
        main=ENTRY,
        location=Location(f"{place}/{ENTRY}", 1),
        deviations=declared,
        cell=cell,
    )


def _files(collector: Problems, root: Path, folder: Path) -> dict[str, bytes]:
    """The contents of a folder's files by their paths in it."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if any(part in IGNORED for part in name.parts):
            continue
        expected = name.as_posix() in (ENTRY, deviations.NAME, cells.NAME)
        if path.is_symlink() or path.is_file() or expected:
            content = content_of(collector, root, path)
            if content is not None:
                files[name.as_posix()] = content
    return files


def _misused(path: str, content: bytes) -> Iterator[Problem]:
    """What is wrong with a snippet's file: the markers of its sections, its encoding."""
    if b"8<-" in content:
        text = content.decode("utf-8", "replace")
        yield from sections.misused(text, path)
        yield from cells.misspelt(text, path)
    if path.endswith(".py"):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            yield base_problems.not_utf8(toml.undecodable(content, path, error))
