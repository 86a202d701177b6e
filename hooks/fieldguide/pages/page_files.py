"""The files that pages are made of: those in ``docs/``, and what they include."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..base import bounds, toml
from ..base import problems as base_problems
from ..base.problems import Problems
from ..model import Location, Problem
from . import bound_problems, problems, sections
from .includable import Includable
from .includes import Include


def read(collector: Problems, root: Path) -> Iterator[tuple[str, str]]:
    """Every page's path and text, by path."""
    for path in sorted((root / "docs").rglob("*.md")):
        where = path.relative_to(root).as_posix()
        if path.is_dir():
            collector.add(base_problems.folder_for_file(Location(where)))
            continue
        try:
            content = _start(path)
            # What was read of a page that is too long may end in the middle of a character.
            cut = len(content) > 4 * bounds.PAGE
            text = content.decode("utf-8-sig", "replace" if cut else "strict")
        except OSError as error:
            collector.add(base_problems.unreadable(Location(where), error.strerror or str(error)))
            continue
        except UnicodeDecodeError as error:
            collector.add(base_problems.not_utf8(toml.undecodable(content, where, error)))
            text = content.decode("utf-8", "replace")
        yield where, text


def including(includable: Includable) -> Include:
    """A function that gives the file of an include: its path, and its whole content.

    It gives None for a file that is missing, not for everybody, too long or not UTF-8;
    `not_included` has the problems of those.
    """

    def include(name: str) -> tuple[str, str] | None:
        file = includable.find(name.partition(":")[0])
        if file is None:
            return None
        try:
            content = _start(file)
            text = content.decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        if len(content) > bounds.PAGE:
            return None
        return includable.name(file), text

    return include


def not_included(includable: Includable, name: str, at: Location) -> Iterator[Problem]:
    """Why the include ``name`` shows nothing."""
    path, _, section = name.partition(":")
    if section.lstrip("-").replace(":", "").isdigit():
        yield problems.line_range(at, name)
        return
    file = includable.find(path)
    if file is None:
        yield from includable.refused(path, at)
    elif file.stat().st_size > bounds.PAGE:
        yield bound_problems.included_too_long(at, path)
    elif section:
        shown = includable.name(file)
        collector = Problems()
        try:
            sections.lines(collector, file.read_text("utf-8"), section, shown, at)
        except UnicodeDecodeError:
            collector.add(base_problems.not_utf8(Location(shown)))
        yield from collector


def _start(path: Path) -> bytes:
    """A file's content, or so much of it that it is seen to be too long."""
    with path.open("rb") as file:
        return file.read(4 * bounds.PAGE + 1)
