"""Files of the project: their places in messages, and their contents."""

from __future__ import annotations

from pathlib import Path

from ..model import Location
from . import bounds, problems
from .problems import Problems

IGNORED = ("__pycache__", ".DS_Store", ".ruff_cache", ".pytest_cache", ".mypy_cache")
"""Files and folders that other programs leave, and that belong to no snippet."""


def located(root: Path, path: Path) -> Location:
    """The path as a place in the project."""
    return Location(path.relative_to(root).as_posix())


def content_of(collector: Problems, root: Path, path: Path) -> bytes | None:
    """A file's content. None where there is no file, or one that is too long; then a problem, if
    anything is there."""
    if path.is_symlink():
        collector.add(problems.symbolic_link(located(root, path)))
    elif path.is_dir():
        collector.add(problems.folder_for_file(located(root, path)))
    elif path.exists():
        try:
            if path.stat().st_size <= bounds.FILE:
                return path.read_bytes()
            collector.add(problems.file_too_long(located(root, path), bounds.FILE))
        except OSError as error:
            collector.add(problems.unreadable(located(root, path), error.strerror or str(error)))
    return None
