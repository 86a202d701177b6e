"""Which files a page may include: those that git tracks, for only they are meant for everybody.

Where git cannot say, as in a copy of the project without its ``.git``, the files that are published
anyway: those below ``docs/``, ``probes/`` and ``snippets/``, and a few at the top. Never what lies
in a folder whose name starts with a dot, or behind a symbolic link.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..base import git
from ..model import Location, Problem
from . import problems

BASES = ("snippets", "")
"""Where an include looks, relative to the root: the ``base_path`` of ``pymdownx.snippets``."""

PUBLISHED = ("docs", "probes", "snippets")
TOP = re.compile(r"LICENSE(-docs)?|Makefile|mkdocs\.yml|pyproject\.toml|[^./][^/]*\.md")
"""The files at the top that a page may include where git cannot say."""


class Includable:
    """The rule for one project, with what git tracked when it was made.

    ``listing`` is what git says of the project, where somebody has asked already.
    """

    def __init__(self, root: Path, listing: git.Listing | None = None) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._modes = (listing or git.tracked(root)).modes

    def find(self, path: str) -> Path | None:
        """The file that an include's path means; None where it is missing or not for everybody."""
        file = self._first(path)
        return file if file is not None and not any(self._acts(file)) else None

    def refused(self, path: str, at: Location) -> Iterator[Problem]:
        """Why the path of an include gives no file."""
        if self._first(path) is None:
            yield problems.include_missing(at, path)
        yield from self.barred(path, at)

    def barred(self, path: str, at: Location) -> Iterator[Problem]:
        """Why a file that is there may not be included."""
        file = self._first(path)
        for act in self._acts(file) if file is not None else ():
            yield problems.include_not_public(at, path, act)

    def name(self, file: Path) -> str:
        """The file's path in the project."""
        return Path(os.path.relpath(file, self.root)).as_posix()

    def _first(self, path: str) -> Path | None:
        """The first file of that path, as `pymdownx.snippets` looks for it."""
        if "\0" in path:
            return None
        try:
            return next(file for base in BASES if (file := self.root / base / path).is_file())
        except (StopIteration, OSError):  # a name that is too long is an error of the system
            return None

    def _acts(self, file: Path) -> Iterator[str]:
        """What is to be done before a file may be included; nothing where it may."""
        name = self.name(file)
        parts = name.split("/")
        if os.path.realpath(file) != os.path.join(self._real, *parts):
            yield "include a file of this project by its own path, without links and .. in it"
        elif any(part.startswith(".") for part in parts):
            yield "move it out of folders whose names start with a dot, if everybody may read it"
        elif self._modes is not None:
            if self._modes.get(name) not in git.FILES:
                yield f"if everybody may read it: git add {name}"
        elif parts[0] not in PUBLISHED and not TOP.fullmatch(name):
            yield f"move it below {', '.join(PUBLISHED)}, if everybody may read it"
