"""Files of a tree: their places in messages, and their content where it can be had."""

from __future__ import annotations

from pathlib import Path

from . import problems
from .model import Location, Problem


def located(root: Path, path: Path) -> Location:
    """The path as a place in the project."""
    return Location(path.relative_to(root).as_posix())


def content_of(root: Path, path: Path, found: list[Problem]) -> bytes | None:
    """A file's content; None where there is none, and a problem where it is no file."""
    if path.is_symlink():
        found.append(problems.symbolic_link(located(root, path)))
    elif path.is_dir():
        found.append(problems.no_file(located(root, path)))
    elif path.exists():
        try:
            return path.read_bytes()
        except OSError as error:
            found.append(problems.unreadable(located(root, path), error.strerror or str(error)))
    return None
