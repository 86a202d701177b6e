"""The reading lists of a site as of now, read again only when one of their files changes."""

from __future__ import annotations

from pathlib import Path

from ..project import Project
from . import catalogue, site
from .site import Shelf

_kept: dict[Path, tuple[object, Shelf]] = {}


def read(project: Project) -> Shelf:
    """The catalogue of a project and its problems."""
    names = (catalogue.RESOURCES, catalogue.CHECKS, catalogue.PATHS, catalogue.TOPICS)
    state = (id(project), *(_state(project.root / name) for name in names))
    kept = _kept.get(project.root)
    if kept is None or kept[0] != state:
        kept = _kept[project.root] = state, site.read(project)
    return kept[1]


def guides(project: Project) -> dict[str, tuple[str, str]]:
    """Each concept's title and its page, inside the docs folder."""
    titles = site.titles(project)
    return {concept: (titles[concept], at.doc) for concept, at in project.guides.items()}


def _state(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size
