"""The reading lists of a site as of now, read again only when one of their files changes."""

from __future__ import annotations

from pathlib import Path

from ..project.record import Project
from . import catalogue, shelf
from .shelf import Shelf

_FILES = (catalogue.RESOURCES, catalogue.CHECKS, catalogue.PATHS, catalogue.TOPICS)

_State = tuple[tuple[int, int] | None, ...]
"""Of each file: time of change in nanoseconds and size in bytes; None where it is missing."""


class KeptShelf:
    """The shelf of the project that was asked for last."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._state: _State = ()
        self._shelf: Shelf | None = None

    def read(self, project: Project) -> Shelf:
        """The catalogue of a project and its problems."""
        state = tuple(_state(project.root / name) for name in _FILES)
        if self._shelf is None or self._project is not project or self._state != state:
            self._shelf = shelf.read(project)
            self._project, self._state = project, state
        return self._shelf


def guides(project: Project) -> dict[str, tuple[str, str]]:
    """Each concept's title and its page, inside the docs folder."""
    titles = shelf.titles(project)
    return {concept: (titles[concept], at.doc) for concept, at in project.guides.items()}


def _state(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
