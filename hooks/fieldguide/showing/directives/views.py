"""The view of each directive: what ``::: snippets routing`` puts on a page.

`pages.directives.DIRECTIVES` lists the words; `VIEWS` has a view for each of them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from ...base.html.markup import element
from ...base.problems import ProblemError, line, no_project
from ...model import Location, Snippet
from ...pages import directives
from ...pages.problems import unknown_snippet
from ...project.probes import grouped
from ...project.problems import unknown_concept, unknown_framework_named
from ...reading import html, kept
from ...reading.model import Catalogue
from .. import page
from ..compare import by_hand, defaults, framework, matrix, overview
from ..evidence import Evidence
from ..html import marks, proof
from ..html.highlighting import Highlighter
from ..kept import Kept
from ..problems import directive_syntax, unknown_subject
from . import snippet_page, snippet_tabs
from .place import Place

log = logging.getLogger("mkdocs.fieldguide")
"""Below ``mkdocs``, so that a strict build counts its warnings."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive, and what it may show."""

    word: str
    name: str
    """A concept, a snippet's id or a framework; empty where the word takes none."""
    location: Location
    evidence: Evidence
    kept: Kept

    @property
    def concept(self) -> str:
        """The name, which has to be a concept's; raises `ProblemError` where it is not."""
        names = self.evidence.concepts
        if self.name not in names:
            raise ProblemError(unknown_concept(self.location, self.name, names))
        return self.name

    @property
    def snippet(self) -> Snippet:
        """The name as a snippet's id; raises `ProblemError` where there is no such snippet."""
        snippets = self.evidence.project.snippets
        if self.name not in snippets:
            raise ProblemError(unknown_snippet(self.location, self.name, snippets))
        return snippets[self.name]

    @property
    def catalogue(self) -> Catalogue:
        """The reading lists."""
        return self.kept.shelf(self.evidence).catalogue


class DirectiveProcessor(BlockProcessor):
    """Expands directives. Fences are stashed before any block is looked at, so never touched."""

    LINE = re.compile(r"^ {0,3}:::(?P<words>.*)$", re.MULTILINE)

    def __init__(self, parser: BlockParser, md: Markdown, root: Path, kept: Kept | None) -> None:
        super().__init__(parser)
        self.md = md
        self.root = root
        self.kept = kept
        self.anchors: set[str] = set()
        self.code = Highlighter(md)

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Whether a line of the block starts with the directive's marks."""
        return self.LINE.search(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Put the directive's expansion into ``parent``; lines around it stay what they are."""
        block = blocks.pop(0)
        match = self.LINE.search(block)
        assert match is not None
        if before := block[: match.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        if after := block[match.end() :].lstrip("\n"):
            blocks.insert(0, after)
        place = Place(parent, self.parser, self.code, self.anchors)
        try:
            directive = self._directive(match["words"], match[0].strip())
            VIEWS[directive.word](directive, place)
        except ProblemError as error:
            for problem in error.problems:
                log.warning(line(problem))
                place.html(marks.problem(problem))

    def _directive(self, words: str, text: str) -> Directive:
        """A line as a directive; raises `ProblemError` where it cannot be read as one."""
        location = page.locate(self.md, self.root, text)
        word, _, name = map(str.strip, words.strip().partition(" "))
        if not word or words[0] not in " \t":
            raise ProblemError(directive_syntax(location, text))
        problems = list(directives.misused(directives.Mention(word, name, location)))
        if problems:
            raise ProblemError(*problems)
        if self.kept is None:
            raise ProblemError(no_project(location))
        concept = None if word == "framework" else name.partition("/")[0]
        return Directive(word, name, location, self.kept.evidence(concept), self.kept)


def _snippets(directive: Directive, place: Place) -> None:
    snippet_tabs.snippets(place, directive.evidence, directive.concept)


def _snippet(directive: Directive, place: Place) -> None:
    if declared := directive.evidence.project.impossible.get(directive.name):
        snippet_tabs.note(place, declared)
    else:
        snippet_tabs.snippet(place, directive.evidence, directive.snippet)


def _snippet_page(directive: Directive, place: Place) -> None:
    snippet_page.snippet_page(place, directive.evidence, directive.snippet)


def _contract(directive: Directive, place: Place) -> None:
    contract = directive.evidence.project.contracts.get(directive.concept)
    place.html(proof.contract(contract.checks if contract else ()))


def _framework(directive: Directive, place: Place) -> None:
    """What one framework is here: versions, and every concept as it stands."""
    frameworks = directive.evidence.project.frameworks
    if directive.name not in frameworks:
        raise ProblemError(unknown_framework_named(directive.location, directive.name, frameworks))
    place.html(framework.facts(directive.evidence, frameworks[directive.name]))
    place.element(framework.table(directive.evidence, frameworks[directive.name]))


def _verification(directive: Directive, place: Place) -> None:
    place.element(overview.table(directive.evidence))


def _totals(directive: Directive, place: Place) -> None:
    place.html(overview.totals(directive.evidence))


def _matrix(directive: Directive, place: Place) -> None:
    place.element(matrix.table(directive.evidence))
    place.element(matrix.counts(directive.evidence))


def _kinds(directive: Directive, place: Place) -> None:
    place.element(matrix.legend())


def _by_hand(directive: Directive, place: Place) -> None:
    place.element(by_hand.totals(directive.evidence))


def _by_hand_concepts(directive: Directive, place: Place) -> None:
    for concept, title, plot in by_hand.concepts(directive.evidence):
        place.heading(title, concept)
        place.element(plot)


def _defaults(directive: Directive, place: Place) -> None:
    if probing := directive.evidence.project.probing:
        columns = list(defaults.columns(directive.evidence))
        place.html(defaults.table(probing.probes, columns))
        place.html(defaults.versions(columns))


def _probes(directive: Directive, place: Place) -> None:
    if probing := directive.evidence.project.probing:
        for group, members in grouped(probing.probes):
            place.markdown(f"### {group}")
            for probe in members:
                place.markdown(defaults.meaning(probe))


def _probed(directive: Directive, place: Place) -> None:
    """The applications that are probed, each under its framework."""
    project = directive.evidence.project
    for snippet in project.probing.snippets.values() if project.probing else ():
        summary = element("summary", project.frameworks[snippet.framework].title)
        place.html(element("details", summary, *place.code.files(snippet), class_="fg-probed"))


def _reading(directive: Directive, place: Place) -> None:
    """The reading list at the end of a page."""
    catalogue, name = directive.catalogue, directive.name
    names = (*catalogue.frameworks, *catalogue.concepts)
    if catalogue.resources and name not in names:
        raise ProblemError(unknown_subject(directive.location, name, names))
    place.element(html.chosen(catalogue, name))


def _resources(directive: Directive, place: Place) -> None:
    place.html(html.index(directive.catalogue))


def _paths(directive: Directive, place: Place) -> None:
    place.element(html.paths(directive.catalogue, kept.guides(directive.evidence.project)))


def _graveyard(directive: Directive, place: Place) -> None:
    place.html(html.graveyard(directive.catalogue))


VIEWS: Mapping[str, Callable[[Directive, Place], None]] = {
    "snippets": _snippets,
    "snippet": _snippet,
    "snippet-page": _snippet_page,
    "contract": _contract,
    "framework": _framework,
    "reading": _reading,
    "verification": _verification,
    "totals": _totals,
    "defaults": _defaults,
    "probes": _probes,
    "probed": _probed,
    "matrix": _matrix,
    "kinds": _kinds,
    "by-hand": _by_hand,
    "by-hand-concepts": _by_hand_concepts,
    "resources": _resources,
    "paths": _paths,
    "graveyard": _graveyard,
}
if VIEWS.keys() != directives.DIRECTIVES.keys():
    apart = ", ".join(sorted(VIEWS.keys() ^ directives.DIRECTIVES.keys()))
    raise ImportError(
        f"pages.directives.DIRECTIVES and VIEWS differ in: {apart}. "
        "Next: give each word one entry in both."
    )
