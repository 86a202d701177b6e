"""The files that pages are made of: those in ``docs/``, and what they include.

Which files of ``docs/`` are pages, MkDocs is asked: by its own rule for files. That knows all
suffixes of Markdown, passes over names with a dot and over what ``exclude_docs`` in ``mkdocs.yml``
names, and chooses where two files would be one page.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from ..base import bounds, toml
from ..base import problems as base_problems
from ..base.files import located
from ..base.problems import Problems
from ..model import Location, Problem
from . import bound_problems, problems, sections
from .includable import Includable
from .includes import Include

_SETTINGS = "mkdocs.yml"
_PATTERNS = ("exclude_docs", "draft_docs")
_READ = 128 * 1024
"""So much of the settings is read."""


def pages(root: Path) -> list[Path]:
    """Every page that a build publishes, by path."""
    from mkdocs.structure.files import get_files  # here, as it takes a tenth of a second

    docs = root / "docs"
    config: Any = {
        "docs_dir": str(docs),
        "site_dir": str(root / "site"),
        "use_directory_urls": True,
        **_patterns(root),
    }
    files = get_files(config).documentation_pages()
    shown = (file for file in files if file.inclusion.is_included())  # type: ignore[no-untyped-call]
    return sorted(docs / file.src_uri for file in shown)


def _folders(root: Path) -> list[Path]:
    """Folders that are named as if they were pages, which MkDocs passes over."""
    from mkdocs.utils import markdown_extensions

    named = (path for path in (root / "docs").rglob("*") if path.suffix in markdown_extensions)
    return sorted(path for path in named if path.is_dir())


def _patterns(root: Path) -> Mapping[str, Any]:
    """The patterns in the settings. These are only looked at: to load them as MkDocs does would run
    what they name, and nothing of a project runs before its gate is open."""
    from pathspec.gitignore import GitIgnoreSpec

    found: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError, yaml.YAMLError, RecursionError):
        text = (root / _SETTINGS).read_text("utf-8")[:_READ]
        settings: Any = yaml.compose(text, yaml.SafeLoader)
        for key, value in settings.value if isinstance(settings, yaml.MappingNode) else ():
            if key.value in _PATTERNS and isinstance(value, yaml.ScalarNode):
                found[key.value] = GitIgnoreSpec.from_lines(value.value.splitlines())
    return found


def read(collector: Problems, root: Path) -> Iterator[tuple[str, str]]:
    """Every page's path and text, by path."""
    for path in _folders(root):
        collector.add(base_problems.folder_for_file(located(root, path)))
    for path in pages(root):
        where = path.relative_to(root).as_posix()
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
