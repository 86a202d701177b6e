"""What a page may show: the project as it is now, and the results of the last verification.

A documentation generator makes one Markdown instance a page, so both are read once and kept for
as long as the files they come from are the same, told by size and time of change. Nothing is
kept that a look at the files does not confirm: on serve, an edit shows at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import (
    by_hand,
    counting,
    defaults,
    groups,
    jobs,
    kinds,
    last_run,
    matrix,
    overview,
    probes,
    profile,
    render,
    titles,
)
from .collect import collect
from .installed import normalise
from .model import (
    CheckResult,
    Entry,
    Framework,
    Kind,
    Outcome,
    Report,
    Result,
    Snippet,
    snippet_id,
)
from .project import Project, contract_of

INDEX = "docs/concepts/index.md"
"""The page of all concepts, in the order to read them in."""

_Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A project and the results that speak of it."""

    project: Project
    report: Report | None
    """What the last verification left."""
    results: Mapping[str, Result]
    """Its results by id."""

    def standing(self, snippet: Snippet) -> str:
        """How the snippet stands, as the class names write it."""
        contract = contract_of(self.project, snippet)
        if contract is None:
            return "unverified"
        digest = jobs.source_digest(snippet, contract)
        return render.state(self.results.get(snippet.id), digest)

    def entry(self, page: str, source: str, seen: int) -> Entry | None:
        """The account's entry for a fence of a page: of those with this source, the one after
        ``seen`` others.

        A host may meet a fence in a comment as well, which no account holds; past the last one,
        the last one speaks.
        """
        same = [one for one in self.project.accounts.get(page, ()) if one.fence.source == source]
        return same[min(seen, len(same) - 1)] if same else None

    def of(self, entry: Entry) -> tuple[Result | None, CheckResult | None]:
        """What speaks of a fence: the result of its group, and in it the fence's own check."""
        result = self.results.get(entry.id) if entry.id else None
        checks = result.checks if result else ()
        return result, next((one for one in checks if one.check.name == entry.check), None)

    def stands(self, entry: Entry) -> str:
        """How a fence stands, as the class names write it."""
        result, check = self.of(entry)
        if result is None:
            return "unverified"
        group = self.project.groups.get(entry.id)
        if group is None:
            return "unverified"
        if render.state(result, groups.digest(group, self.project.snippets)) == "stale":
            return "stale"
        if check is None and result.outcome is Outcome.PASSED:
            return "stale"  # it held without this fence
        if check is None:
            missed = any(one.failure for one in result.checks)
            return _word(Outcome.SKIPPED if missed else result.outcome)
        if check.failure is not None and check.outcome is Outcome.PASSED:
            return _word(Outcome.FAILED)
        return _word(check.outcome)

    @property
    def concepts(self) -> list[str]:
        """Every concept with a contract or a snippet, in the order in which the page of all
        concepts links to their guides; those that it does not name last, by name."""
        named = {snippet.concept for snippet in self.project.snippets.values()}
        try:
            text = (self.project.root / INDEX).read_text("utf-8", "replace")
        except OSError:
            text = ""
        links = re.findall(r"\]\(([a-z0-9-]+)\.md", text)
        order = {concept: place for place, concept in reversed(list(enumerate(links)))}
        every = sorted(named | set(self.project.contracts))
        return sorted(every, key=lambda concept: order.get(concept, len(links)))

    def row(self, concept: str) -> Iterator[tuple[Framework, Snippet | None]]:
        """Every framework with its snippet of the concept, in the fixed order."""
        for name, framework in self.project.frameworks.items():
            yield framework, self.project.snippets.get(snippet_id(concept, name))

    def table(self, root: Path) -> tuple[list[Framework], list[tuple[str, str | None, list[str]]]]:
        """The arguments of `overview.table`: every concept with its guide and its cells."""
        rows = []
        for concept in self.concepts:
            guide = self.project.guides.get(concept)
            doc = guide.doc if guide else None
            cells = []
            for framework, snippet in self.row(concept):
                place = doc and f"{doc}#{concept}-{framework.name}"
                cells.append(self._cell(snippet_id(concept, framework.name), snippet, place))
            rows.append((titles.of_concept(root, guide, concept), doc, cells))
        return list(self.project.frameworks.values()), rows

    def _cell(self, id: str, snippet: Snippet | None, place: str | None) -> str:
        """How one snippet stands, with its checks, as a cell of a table."""
        if snippet:
            return overview.cell(self.standing(snippet), self.results.get(id), place)
        if id in self.project.impossible:
            return overview.impossible_cell(place)
        return overview.missing_cell()

    @property
    def pages(self) -> dict[str, str]:
        """Where each framework has a page, by its name."""
        return {
            one.name: one.location.doc
            for one in reversed(self.project.mentions)
            if one.kind == "framework"
        }

    def matrix(self, root: Path) -> tuple[list[Framework], list[matrix.Row]]:
        """The arguments of `matrix.table`."""
        rows = []
        for concept in self.concepts:
            guide = self.project.guides.get(concept)
            doc = guide.doc if guide else None
            spots = []
            for framework, snippet in self.row(concept):
                place = doc and f"{doc}#{concept}-{framework.name}"
                if snippet:
                    result = self.results.get(snippet.id)
                    deviates = result is not None and any(one.deviation for one in result.checks)
                    standing = self.standing(snippet)
                    spots.append(matrix.Spot(self.kind(snippet), standing, place, deviates))
                elif snippet_id(concept, framework.name) in self.project.impossible:
                    spots.append(matrix.Spot(Kind.NOT_POSSIBLE, "not-possible", place))
                else:
                    spots.append(matrix.Spot(None, matrix.MISSING, None))
            rows.append(matrix.Row(titles.of_concept(root, guide, concept), doc, spots))
        return list(self.project.frameworks.values()), rows

    def bars(self, root: Path) -> list[tuple[str, str, list[by_hand.Bar]]]:
        """Every concept with its title and a bar a snippet, for the plots of `by_hand`."""
        found = []
        for concept in self.concepts:
            guide = self.project.guides.get(concept)
            doc = guide.doc if guide else None
            bars = [
                by_hand.Bar(
                    framework,
                    counting.lines(snippet.files),
                    self._needed(snippet, framework),
                    self.kind(snippet),
                    doc=doc and f"{doc}#{concept}-{framework.name}",
                )
                for framework, snippet in self.row(concept)
                if snippet
            ]
            found.append((concept, titles.of_concept(root, guide, concept), bars))
        return found

    def profile(self, root: Path, framework: Framework) -> list[profile.Row]:
        """Every concept as it stands in one framework."""
        frameworks, rows = self.matrix(root)
        column = [one.name for one in frameworks].index(framework.name)
        found = []
        for concept, row in zip(self.concepts, rows, strict=True):
            id, spot = snippet_id(concept, framework.name), row.spots[column]
            snippet = self.project.snippets.get(id)
            cell = self._cell(id, snippet, spot.doc)
            lines = counting.lines(snippet.files) if snippet else None
            found.append(profile.Row(row.title, spot.doc or row.doc, spot.kind, cell, lines))
        return found

    def kind(self, snippet: Snippet) -> Kind | None:
        """Who does the work of a snippet; None where no run has told yet."""
        if snippet.cell and snippet.cell.kind:
            return snippet.cell.kind
        result = self.results.get(snippet.id)
        return result.kind if result else None

    def _needed(self, snippet: Snippet, framework: Framework) -> frozenset[str] | None:
        """What has to be installed for a snippet, the server that serves it not counted."""
        result = self.results.get(snippet.id)
        environments = self.report.environments if self.report else ()
        for one in environments:
            if one.name == snippet.framework and result is not None and result.versions:
                server = {normalise(framework.server)} - {normalise(framework.distribution)}
                return kinds.needed(set(result.versions) - server, one.distributions)
        return None

    def columns(self) -> Iterator[defaults.Column]:
        """Every probed framework with what it answered."""
        probing = self.project.probing
        for snippet in probing.snippets.values() if probing else ():
            framework = self.project.frameworks[snippet.framework]
            result = self.results.get(snippet.id)
            asked = probing.probes if probing else ()
            yield defaults.column(framework, self.standing(snippet), result, asked)

    def counts(self) -> dict[str, Any]:
        """The arguments of `overview.totals`."""
        snippets = self.project.snippets.values()
        standings = [self.standing(snippet) for snippet in snippets]
        checks = [
            len(self.results[snippet.id].checks)
            for snippet, standing in zip(snippets, standings, strict=True)
            if snippet.id in self.results and standing != "stale"
        ]
        return {
            "concepts": len(self.concepts),
            "frameworks": len({snippet.framework for snippet in snippets}),
            "standings": standings,
            "checks": sum(checks),
        }


def _word(outcome: Outcome) -> str:
    return outcome.value.replace(" ", "-")


def read(root: Path, concept: str | None = None, page: str | None = None) -> Evidence:
    """The evidence as of now.

    A page about one concept looks at that concept's files only, and a fence at its own ``page``,
    so that a site of many guides is not walked once a page.
    """
    shelf = _shelf(root)
    return shelf.read(shelf.parts(concept) if page is None else shelf.page(page))


class _Shelf:
    """One project's evidence, and the signatures of the files that it was read from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._evidence: Evidence | None = None
        self._seen: dict[str, _Signature] = {}

    def read(self, parts: list[str]) -> Evidence:
        """The evidence, read again if one of the parts changed."""
        if self._evidence is None or any(self._seen.get(p, ()) != _sign(p) for p in parts):
            pages = map(str, (self.root / "docs").rglob("*.md"))
            self._seen = {part: _sign(part) for part in (*self.parts(None), *pages)}
            report = last_run.read_report(self.root)
            results = {result.id: result for result in report.results} if report else {}
            self._evidence = Evidence(collect(self.root), report, results)
        return self._evidence

    def page(self, path: str) -> list[str]:
        """What to look at for the fences of one page."""
        return [str(self.root / part) for part in ("pyproject.toml", last_run.REPORT, path)]

    def parts(self, concept: str | None) -> list[str]:
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
def _shelf(root: Path) -> _Shelf:
    return _Shelf(root)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _sign(path: str) -> _Signature:
    """Size and time of change of a file, or of every file under a folder; empty where missing."""
    try:
        if not os.path.isdir(path):
            stat = os.stat(path)
            return ((path, stat.st_mtime_ns, stat.st_size),)
        found = []
        for folder, folders, files in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
            for name in files:
                stat = os.stat(os.path.join(folder, name))
                found.append((os.path.join(folder, name), stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))
    except OSError:
        return ()
