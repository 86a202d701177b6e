"""The Python-Markdown extension ``fieldguide``: directives to proven snippets.

    ::: snippets routing        every framework's snippet of a concept, in linked content tabs
    ::: snippet routing/flask   one snippet
    ::: contract routing        what every implementation must do
    ::: verification            the whole table, concept by framework
    ::: totals                  the counts in one sentence
    ::: framework flask         one framework: versions, and every concept as it stands
    ::: matrix                  the kind and the outcome of every snippet, concept by framework
    ::: kinds                   what the kinds mean
    ::: by-hand                 lines written by hand, all concepts together
    ::: by-hand-concepts        the same, a concept at a time
    ::: defaults                what each framework answers to the probes, in one table
    ::: probes                  what each probe asks, and what to take from it
    ::: probed                  the applications that are probed
    ::: reading routing         what to read about a concept or a framework
    ::: resources               every resource, with filters
    ::: paths                   the reading paths
    ::: graveyard               the resources that are gone

and shows every fence that is run with its proof (`fenced`).

Verifying runs before; this only reads its results. It works under every host that runs
Python-Markdown, and knows of the host only the page's own path, where one is told.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString

from . import (
    by_hand,
    defaults,
    evidence,
    fenced,
    guides,
    matrix,
    overview,
    page,
    probes,
    problems,
    profile,
    project_root,
    render,
    starting,
)
from .evidence import Evidence
from .highlighting import Highlighter
from .installed import normalise
from .model import Cell, Kind, Location, Snippet, snippet_id
from .problems import ProblemError
from .reading import pages, shelf

log = logging.getLogger("mkdocs.fieldguide")
"""Below ``mkdocs``, so that a strict build counts its warnings."""


class DirectiveProcessor(BlockProcessor):
    """Expands directives. Fences are stashed before any block is looked at, so never touched."""

    LINE = re.compile(r"^ {0,3}:::(?P<words>.*)$", re.MULTILINE)

    def __init__(self, parser: BlockParser, md: Markdown, root: Path) -> None:
        super().__init__(parser)
        self.md = md
        self.root = root
        self.anchors: set[str] = set()
        self.code = Highlighter(md)

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Whether a line of the block starts with the directive's marks."""
        return self.LINE.search(block) is not None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Put the directive's expansion into ``parent``; lines around it stay what they are."""
        block = blocks.pop(0)
        found = self.LINE.search(block)
        assert found is not None
        if before := block[: found.start()].rstrip("\n"):
            self.parser.parseBlocks(parent, [before])
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)
        try:
            self._expand(parent, found["words"], found[0].strip())
        except ProblemError as error:
            for problem in error.problems:
                log.warning(problems.line(problem))
                self._html(parent, render.problem(problem))

    def _expand(self, parent: ElementTree.Element, words: str, text: str) -> None:
        """One directive; raises `ProblemError` for what cannot be shown."""
        where = page.locate(self.md, self.root, text)
        word, _, name = words.strip().partition(" ")
        name = name.strip()
        if not word or words[0] not in " \t":
            raise ProblemError(problems.directive_syntax(where, text))
        misuse = guides.misused(guides.Mention(word, name, where))
        if misuse is not None:
            raise ProblemError(misuse)
        root = project_root.find(self.root.resolve())
        if root is None:
            raise ProblemError(problems.no_project(where))
        known = evidence.read(root, None if word == "framework" else name.partition("/")[0])
        concepts = known.concepts
        if word in ("snippets", "contract") and name not in concepts:
            raise ProblemError(problems.unknown_concept(where, name, concepts))
        match word:
            case "snippets":
                self._snippets(parent, known, name)
            case "snippet":
                snippet = known.project.snippets.get(name)
                if name in known.project.impossible:
                    self._cell(parent, known.project.impossible[name])
                elif snippet is None:
                    found = problems.unknown_snippet(where, name, known.project.snippets)
                    raise ProblemError(found)
                else:
                    self._snippet(parent, known, snippet)
            case "contract":
                contract = known.project.contracts.get(name)
                self._html(parent, render.contract(contract.checks if contract else ()))
            case "verification":
                parent.append(page.element(overview.table(*known.table(root))))
            case "totals":
                self._html(parent, overview.totals(**known.counts()))
            case "matrix":
                frameworks, rows = known.matrix(root)
                parent.append(page.element(matrix.table(frameworks, rows, known.pages)))
                parent.append(page.element(matrix.counts(frameworks, rows)))
            case "framework":
                self._framework(parent, known, root, name, where)
            case "kinds":
                parent.append(page.element(matrix.legend()))
            case "by-hand" | "by-hand-concepts":
                self._by_hand(parent, known.bars(root), known, each=word != "by-hand")
            case "defaults" | "probes" | "probed":
                self._probing(parent, known, word)
            case _:
                self._reading(parent, known, word, name, where)

    def _framework(
        self,
        parent: ElementTree.Element,
        known: Evidence,
        root: Path,
        name: str,
        where: Location,
    ) -> None:
        """What one framework is here: versions, and every concept as it stands."""
        framework = known.project.frameworks.get(name)
        if framework is None:
            known_names = known.project.frameworks
            raise ProblemError(problems.unknown_framework_named(where, name, known_names))
        made = known.report.environments if known.report else ()
        one = next((e for e in made if e.name == name), None)
        wanted = normalise(framework.distribution)
        pinned = one.distributions if one else ()
        version = next((d.version for d in pinned if normalise(d.name) == wanted), "")
        python = one.python_version if one else ""
        self._html(parent, profile.facts(framework, version, python))
        parent.append(page.element(profile.table(framework, known.profile(root, framework))))

    def _by_hand(
        self,
        parent: ElementTree.Element,
        concepts: list[tuple[str, str, list[by_hand.Bar]]],
        known: Evidence,
        each: bool,
    ) -> None:
        """Plots with their tables: of each concept under its heading, or of all together."""
        if not each:
            every = [bar for _, _, bars in concepts for bar in bars]
            summed = [
                by_hand.together(one, [bar for bar in every if bar.framework == one])
                for one in known.project.frameworks.values()
            ]
            some = (bar for bar in summed if bar.snippets)
            parent.append(page.element(by_hand.totals(by_hand.order(some))))
            return
        longest = max((bar.lines.all for _, _, bars in concepts for bar in bars), default=0)
        for name, title, bars in concepts:
            heading = ElementTree.SubElement(parent, "h3", {"id": name})
            heading.text = AtomicString(title)
            html = by_hand.concept(name, title, by_hand.order(bars), longest)
            parent.append(page.element(html))

    def _probing(self, parent: ElementTree.Element, known: Evidence, word: str) -> None:
        """The answers of all frameworks, what the questions mean, or who was asked."""
        probing = known.project.probing
        if probing is None:
            return
        if word == "defaults":
            columns = list(known.columns())
            self._html(parent, defaults.table(probing.probes, columns))
            self._html(parent, defaults.versions(columns))
        elif word == "probes":
            for group, members in probes.grouped(probing.probes):
                self.parser.parseBlocks(parent, [f"### {group}"])
                for probe in members:
                    self.parser.parseBlocks(parent, [defaults.meaning(probe)])
        else:
            for snippet in probing.snippets.values():
                title = known.project.frameworks[snippet.framework].title
                html = "".join(self.code.files(snippet))
                said = f"<summary>{title}</summary>{html}"
                self._html(parent, f'<details class="fg-probed">{said}</details>')

    def _snippets(self, parent: ElementTree.Element, known: Evidence, concept: str) -> None:
        """A tab a framework, by handing an empty tab to the tabs' own processor and filling it."""
        tabbed = "tabbed" in self.parser.blockprocessors
        for index, (framework, snippet) in enumerate(known.row(concept)):
            into = ElementTree.SubElement(parent, "div", {"class": "fg-tab"})
            if tabbed:
                parent.remove(into)
                mark = "===" if index else "===!"
                self.parser.parseBlocks(parent, [f'{mark} "{framework.title}"'])
                into = list(parent)[-1][-1]
                into = into[-1] if into.get("class") == "tabbed-content" and len(into) else into
            else:
                ElementTree.SubElement(into, "p").text = AtomicString(framework.title)
            if snippet is None:
                into.append(self._anchor(f"{concept}-{framework.name}"))
                said = known.project.impossible.get(snippet_id(concept, framework.name))
                if said is None:
                    into.append(page.element(render.gap(framework)))
                else:
                    self._cell(into, said)
            else:
                self._snippet(into, known, snippet)

    def _snippet(self, parent: ElementTree.Element, known: Evidence, snippet: Snippet) -> None:
        """One snippet: anchor, files, how to install and serve it, proof."""
        parent.append(self._anchor(f"{snippet.concept}-{snippet.framework}"))
        for html in self.code.files(snippet):
            self._html(parent, html)
        framework = known.project.frameworks[snippet.framework]
        result = known.results.get(snippet.id)
        standing = known.standing(snippet)
        if result is not None and standing != "stale" and (line := render.install(result.versions)):
            self._html(parent, line)
            self._html(parent, render.development(starting.development(snippet)))
            self._html(parent, render.production(framework.server, result.served))
        if snippet.cell is not None:
            self._cell(parent, snippet.cell)
        kind = known.kind(snippet)
        proof = render.proof(framework, snippet.id, standing, result, snippet.deviations, kind)
        self._html(parent, proof)

    def _cell(self, parent: ElementTree.Element, said: Cell) -> None:
        """What is said of who does the work, read as Markdown; its words stand in the project."""
        name = "fg-cell-note"
        if said.kind is Kind.NOT_POSSIBLE:
            name += " fg-cell-note--impossible"
        ElementTree.SubElement(parent, "p", {"class": name}).text = render.cell(said)

    def _reading(
        self, parent: ElementTree.Element, known: Evidence, word: str, name: str, where: Location
    ) -> None:
        """Reading lists: the ones of a page, all of them, the paths, the graveyard."""
        catalogue = shelf.read(known.project).catalogue
        if word == "reading":
            names = (*catalogue.frameworks, *catalogue.concepts)
            if catalogue.resources and name not in names:
                raise ProblemError(problems.unknown_subject(where, name, names))
            parent.append(page.element(pages.chosen(catalogue, name)))
        elif word == "paths":
            parent.append(page.element(pages.paths(catalogue, shelf.guides(known.project))))
        else:
            shown = pages.index if word == "resources" else pages.graveyard
            self._html(parent, shown(catalogue))

    def _anchor(self, name: str) -> ElementTree.Element:
        """The place that the table links to; the first on a page has the name."""
        anchor = ElementTree.Element("span", {"class": "fg-anchor"})
        if name not in self.anchors:
            self.anchors.add(name)
            anchor.set("id", name)
        return anchor

    def _html(self, parent: ElementTree.Element, html: str) -> None:
        """Finished HTML, stashed so that nothing reads it as Markdown."""
        ElementTree.SubElement(parent, "p").text = self.md.htmlStash.store(html)


class FieldGuideExtension(Extension):
    """Registers the directives with one Markdown instance."""

    def __init__(self, **options: Any) -> None:
        self.config = {"root": [".", "The project's folder, or one inside it."]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Python-Markdown."""
        md.registerExtension(self)
        root = Path(self.getConfig("root"))
        self.directives = DirectiveProcessor(md.parser, md, root)
        # Before tabs and admonitions (105) would see the block, after their contents are dedented.
        md.parser.blockprocessors.register(self.directives, "fieldguide", 106)
        # Right before superfences (25) formats the fences.
        md.preprocessors.register(fenced.FencePreprocessor(md, root), "fieldguide_fences", 25.5)
        # After footnotes (50) are put in their place, before inline text (20) is read.
        md.treeprocessors.register(fenced.PlacesTreeprocessor(md), "fieldguide_places", 21)
        # Right before the host resolves links between pages (0).
        md.treeprocessors.register(page.LinkTreeprocessor(md), "fieldguide_links", 1)

    def reset(self) -> None:
        """Called before each conversion of another page."""
        self.directives.anchors.clear()


def makeExtension(**options: Any) -> FieldGuideExtension:  # noqa: N802
    """Called by Python-Markdown where the extension is named by its module."""
    return FieldGuideExtension(**options)
