"""What is kept between pages: the evidence and the reading lists, while their files are the same.

A documentation generator makes one Markdown instance a page, so an instance cannot own them. The
hook makes one `Kept` a build and hands it to every instance through the extension's options
(``mdx_configs["fieldguide"]["kept"]``). A host that runs no hook hands down nothing: for it `of`
holds one `Kept` a root for as long as the process lives, which is the only state of this package
at module level. Before something kept is used, its files are looked at: on serve, an edit shows
at once.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path

from ..model import Problem
from ..pages import page_files
from ..pages.includable import Includable
from ..project import probes
from ..project.collect import collect
from ..reading.kept import KeptShelf
from ..reading.shelf import Shelf
from ..results import last_run
from .evidence import Evidence

_Signature = tuple[tuple[str, int, int], ...]
"""Of files: path, time of change in nanoseconds and size in bytes."""


class Kept:
    """One project's evidence and reading lists, and the signatures of the files behind them."""

    def __init__(self, root: Path, *, paged: bool = False) -> None:
        self.root = root
        self.paged = paged
        """Whether the host makes the pages that `directives.snippet_page` gives it."""
        self.harmful: list[Problem] = []
        """What pages of this build came out with, and may not be shown."""
        self._evidence: Evidence | None = None
        self._signatures: dict[str, _Signature] = {}
        self._shelf = KeptShelf()
        self._includable: Includable | None = None

    def evidence(self, concept: str | None = None, page: str | None = None) -> Evidence:
        """The evidence as of now, read again if one of its files changed.

        A page about one concept looks at that concept's files only, and a fence at its own
        ``page``, so that a site of many guides is not walked once a page.
        """
        parts = self._parts(concept) if page is None else self._of_page(page)
        changed = any(self._signatures.get(part, ()) != _sign(part) for part in parts)
        if self._evidence is None or changed:
            pages = map(str, page_files.pages(self.root))
            self._signatures = {part: _sign(part) for part in (*self._parts(None), *pages)}
            report = last_run.read_report(self.root)
            results = {result.id: result for result in report.results} if report else {}
            self._includable = None
            self._evidence = Evidence(collect(self.root), report, results, self.paged)
        return self._evidence

    def includable(self) -> Includable:
        """Which files a page may include, as of the last evidence."""
        if self._includable is None:
            self._includable = Includable(self.root)
        return self._includable

    def shelf(self, evidence: Evidence) -> Shelf:
        """The reading lists as of now, for the project of the evidence."""
        return self._shelf.read(evidence.project)

    def _of_page(self, path: str) -> list[str]:
        """What to look at for the fences of one page."""
        return [str(self.root / part) for part in ("pyproject.toml", last_run.REPORT, path)]

    def _parts(self, concept: str | None) -> list[str]:
        """What to look at: the files that name everything, and one concept's folder or all."""
        snippets = self.root / "snippets"
        if concept and re.fullmatch("[a-z0-9-]+", concept):
            folders = [snippets / concept]
        else:
            folders = [folder for folder in _entries(snippets) if folder.is_dir()]
            folders += [self.root / "docs", self.root / probes.FOLDER]
        files = (self.root / "pyproject.toml", self.root / last_run.REPORT)
        return [str(path) for path in (*files, *folders)]


@lru_cache(maxsize=8)
def of(root: Path) -> Kept:
    """The process's own `Kept` of a root, for hosts that hand none down."""
    return Kept(root)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _sign(path: str) -> _Signature:
    """The signature of a file, or of every file under a folder; empty where it is missing."""
    try:
        if not os.path.isdir(path):
            stat = os.stat(path)
            return ((path, stat.st_mtime_ns, stat.st_size),)
        files = []
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
            for name in names:
                stat = os.stat(os.path.join(folder, name))
                files.append((os.path.join(folder, name), stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(files))
    except OSError:
        return ()
