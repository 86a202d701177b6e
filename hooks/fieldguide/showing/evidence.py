"""What a page may show: the project as it is now, and the results of the last verification."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..base import digests
from ..model import (
    CheckResult,
    Entry,
    Environment,
    Framework,
    Kind,
    Outcome,
    Report,
    Result,
    Snippet,
    Standing,
    snippet_id,
)
from ..pages import groups, titles
from ..project.record import Project, contract_of
from .standing import of_outcome, of_result

INDEX = "docs/concepts/index.md"
"""The page of all concepts, in the order to read them in."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One concept in one framework."""

    framework: Framework
    snippet: Snippet | None
    """None for a gap, and for what is declared as not possible."""
    standing: Standing
    kind: Kind | None
    """None where no run has found out yet, and for a gap."""
    result: Result | None
    doc: str | None
    """Its page, or its tab in the guide where it has none, as a path in the docs folder with the
    anchor; None for a gap."""


@dataclass(frozen=True, slots=True)
class Row:
    """One concept in every framework."""

    concept: str
    title: str
    doc: str | None
    """Its guide, as a path in the docs folder; None where there is no guide."""
    spots: tuple[Spot, ...]
    """One a framework, in their order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A project, and the results of its snippets and fences. It knows no view."""

    project: Project
    report: Report | None
    """What the last verification left."""
    results: Mapping[str, Result]
    """Its results by id."""
    paged: bool = False
    """Whether the host makes a page a snippet."""

    def standing(self, snippet: Snippet) -> Standing:
        """How a snippet, or an application that is probed, stands."""
        contract = contract_of(self.project, snippet)
        if contract is None:
            return Standing.UNVERIFIED
        digest = digests.source_digest(snippet, contract)
        return of_result(self.results.get(snippet.id), digest)

    def entry(self, page: str, source: str, seen: int) -> Entry | None:
        """The entry of a fence in the account of its page.

        A page may hold several fences with the same source: ``seen`` counts those before this
        one. A host may also meet a fence in a comment, which no account holds; past the last
        entry with this source the last one is returned.
        """
        same = [
            entry for entry in self.project.accounts.get(page, ()) if entry.fence.source == source
        ]
        return same[min(seen, len(same) - 1)] if same else None

    def result_of(self, entry: Entry) -> tuple[Result | None, CheckResult | None]:
        """The result of a fence's group, and in it the fence's own check; None for what there is
        not."""
        result = self.results.get(entry.id) if entry.id else None
        checks = result.checks if result else ()
        return result, next((check for check in checks if check.check.name == entry.check), None)

    def standing_of(self, entry: Entry) -> Standing:
        """How a fence stands."""
        result, check = self.result_of(entry)
        group = self.project.groups.get(entry.id)
        if result is None or group is None:
            return Standing.UNVERIFIED
        digest = groups.digest(group, self.project.snippets)
        if of_result(result, digest) is Standing.STALE:
            return Standing.STALE
        if check is None and result.outcome is Outcome.PASSED:
            return Standing.STALE  # it held without this fence
        if check is None:
            missed = any(other.failure for other in result.checks)
            return Standing.SKIPPED if missed else of_outcome(result.outcome)
        if check.failure is not None and check.outcome is Outcome.PASSED:
            return Standing.FAILED
        return of_outcome(check.outcome)

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

    @property
    def rows(self) -> list[Row]:
        """Every concept, in the order of `concepts`, as it stands in every framework."""
        return [
            Row(concept, self.title(concept), self.doc(concept), tuple(self.spots(concept)))
            for concept in self.concepts
        ]

    def spots(self, concept: str) -> Iterator[Spot]:
        """A concept in every framework, in the fixed order."""
        doc = self.doc(concept)
        for name, framework in self.project.frameworks.items():
            id = snippet_id(concept, name)
            place = f"{doc}#{concept}-{name}" if doc else None
            snippet = self.project.snippets.get(id)
            if snippet is not None:
                standing, kind = self.standing(snippet), self.kind(snippet)
                place = self.page(snippet) or place
                yield Spot(framework, snippet, standing, kind, self.results.get(id), place)
            elif id in self.project.impossible:
                kind = Kind.NOT_POSSIBLE
                yield Spot(framework, None, Standing.IMPOSSIBLE, kind, None, place)
            else:
                yield Spot(framework, None, Standing.MISSING, None, None, None)

    def doc(self, concept: str) -> str | None:
        """The guide of a concept as a path in the docs folder; None where there is none."""
        guide = self.project.guides.get(concept)
        return guide.doc if guide else None

    def page(self, snippet: Snippet) -> str | None:
        """The page of a snippet as a path in the docs folder; None where the host makes no such
        pages, where its concept has no guide, and for a probed application."""
        doc = self.doc(snippet.concept)
        if doc is None or not self.paged:
            return None
        path = PurePosixPath(doc)
        folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
        return str(folder / f"{snippet.framework}.md")

    def guide_of(self, page: str) -> str | None:
        """The guide above the page of a snippet, both as paths in the docs folder; None for any
        other page."""
        owners = (one for one in self.project.snippets.values() if self.page(one) == page)
        return next((self.doc(owner.concept) for owner in owners), None)

    def title(self, concept: str) -> str:
        """The guide's own heading; a concept without a guide is written after its folder."""
        return titles.of_concept(self.project.root, self.project.guides.get(concept), concept)

    @property
    def pages(self) -> dict[str, str]:
        """Where each framework has a page, by its name."""
        return {
            mention.name: mention.location.doc
            for mention in reversed(self.project.mentions)
            if mention.word == "framework"
        }

    def kind(self, snippet: Snippet) -> Kind | None:
        """Who does the work of a snippet; None where no run has found out yet."""
        if snippet.cell and snippet.cell.kind:
            return snippet.cell.kind
        result = self.results.get(snippet.id)
        return result.kind if result else None

    def environment(self, framework: str) -> Environment | None:
        """The environment that the last verification prepared for a framework."""
        environments = self.report.environments if self.report else ()
        return next(
            (environment for environment in environments if environment.name == framework), None
        )
