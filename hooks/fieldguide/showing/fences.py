"""Fences of a page, shown with their proof.

The site's own formatter writes the code; `html.fence_line` writes what is put around it.
SuperFences drops a fence without a word when its formatter raises, so the formatter here never
raises: where the proof cannot be shown, it shows the code alone and logs a warning.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER
from markupsafe import Markup

from ..base.problems import ProblemError, line
from ..base.text import visible
from ..languages import registry
from ..model import Entry, Standing
from ..pages.fences import info_string
from . import page, problems
from .evidence import Evidence
from .html import fence_line
from .kept import Kept
from .standing import UNKNOWN

log = logging.getLogger("mkdocs.fieldguide")

CLASSES, ATTRIBUTES = frozenset(info_string.CLASSES), frozenset(info_string.KEYS)
"""What an info string says to us, and what no other formatter gets to see."""

_WRAPPED = ("superfences", "*")
"""The formatters of code; other fences, such as diagrams, are left alone."""


class Hidden(str):
    """Stashed in the place of a fence that is run and not shown."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Fence:
    """A fence as superfences hands it to its formatter."""

    source: str
    language: str
    seen: int
    """How many fences with the same source stand before it on the page."""
    classes: frozenset[str]
    """Its classes that are for us."""
    other_classes: list[str]
    """Its other classes."""
    attributes: dict[str, str]
    """Its attributes that are for us."""

    @property
    def hidden(self) -> bool:
        return "hide" in self.classes


class FencePreprocessor(Preprocessor):
    """Puts itself before the formatters of superfences, which is registered after this."""

    def __init__(self, md: Markdown, kept: Kept | None) -> None:
        super().__init__(md)
        self.md = md
        self.kept = kept
        self._seen: Counter[str] = Counter()
        self._groups: set[str] = set()

    def run(self, lines: list[str]) -> list[str]:
        """Called by Python-Markdown once a page; changes no line."""
        self._seen.clear()
        self._groups.clear()
        for setting in self._superfences():
            formatter = setting.get("formatter")
            wrapped = isinstance(formatter, partial) and formatter.func == self.show
            if formatter is not None and setting.get("name") in _WRAPPED and not wrapped:
                setting["formatter"] = partial(self.show, formatter)
        return lines

    def _superfences(self) -> list[dict[str, Any]]:
        """Its formatters; none under a host that has other fences, or none."""
        if "fenced_code_block" not in self.md.preprocessors:
            return []
        extension = getattr(self.md.preprocessors["fenced_code_block"], "extension", None)
        formatters: list[dict[str, Any]] = getattr(extension, "superfences", [])
        return formatters

    def show(self, formatter: Callable[..., str], **arguments: Any) -> str:
        """One fence as HTML: what `formatter` makes of it, with what is known about it.

        ``arguments`` are those that superfences hands to every formatter.
        """
        source, language = arguments["src"], arguments["language"] or ""
        classes, attributes = arguments["classes"] or [], arguments["attrs"] or {}
        seen = self._seen[source]
        self._seen[source] += 1
        fence = _Fence(
            source,
            language,
            seen,
            classes=CLASSES.intersection(classes),
            other_classes=[name for name in classes if name not in CLASSES],
            attributes={key: value for key, value in attributes.items() if key in ATTRIBUTES},
        )
        options = dict(arguments["options"] or {})
        if file := fence.attributes.get("data-file"):
            options.setdefault("title", visible(file))  # Pygments escapes it
        rest = {key: value for key, value in attributes.items() if key not in ATTRIBUTES}
        title = options.get("title") or ""  # before the formatter takes it out
        if copied := registry.copied(language, source):
            rest.setdefault("data-copy", fence_line.attribute(copied))
        arguments |= {"options": options, "classes": list(fence.other_classes), "attrs": rest}
        code = Markup(formatter(**arguments))
        try:
            shown = self._shown(fence, code, title, arguments["id_value"])
            return Hidden() if shown is None else str(shown)
        except ProblemError as error:
            for problem in error.problems:
                log.warning(line(problem))
        except Exception as error:
            log.warning(line(problems.fence_not_shown(page.whole(self.md), error)))
        return Hidden() if fence.hidden else str(code)

    def _shown(self, fence: _Fence, code: Markup, title: str, name: str) -> Markup | None:
        """The code of a fence with what is said about it; None where nothing is shown."""
        if "output" in fence.classes and not fence.hidden:
            return fence_line.output(code)
        if "norun" in fence.classes and not fence.hidden:
            return fence_line.block(code, fence_line.not_run(self._reason(fence)))
        if "run" not in fence.classes and not registry.runs_unasked(fence.language):
            return None if fence.hidden else code
        ran = self._ran(fence)
        if fence.hidden:
            return fence_line.block(None, ran) if ran else None
        if fence.language == "http":
            code = fence_line.documented(fence.source, title, name, fence.other_classes) or code
        return fence_line.block(code, ran)

    @property
    def _page(self) -> str:
        """The page as its account calls it; empty where the host does not say."""
        uri = page.source(self.md)
        return f"docs/{uri}" if uri else ""

    def _entry(self, fence: _Fence) -> tuple[Evidence, Entry] | None:
        """The fence in the account of its page, and the evidence; None where nothing is known."""
        if self.kept is None or not self._page:
            return None
        evidence = self.kept.evidence(page=self._page)
        entry = evidence.entry(self._page, fence.source, fence.seen)
        return (evidence, entry) if entry else None

    def _reason(self, fence: _Fence) -> str:
        """Why a fence is not run, as its info string says."""
        if "data-reason" in fence.attributes:
            return fence.attributes["data-reason"]
        known = self._entry(fence)
        return known[1].reason if known else ""

    def _ran(self, fence: _Fence) -> Markup | None:
        """The line of a fence that is run; None where there is nothing to say."""
        known = self._entry(fence)
        quiet = fence.hidden or "data-file" in fence.attributes
        if known is None:
            return None if quiet else fence_line.not_known(Standing.UNVERIFIED, self._page)
        evidence, entry = known
        (result, check), standing = evidence.result_of(entry), evidence.standing_of(entry)
        if result is None or standing in UNKNOWN:
            return None if quiet else fence_line.not_known(standing, self._page)
        if quiet and standing in (Standing.PASSED, Standing.SKIPPED):
            return None
        group = entry.fence.options.group
        continues = group in self._groups
        if group:
            self._groups.add(group)
        framework = evidence.project.frameworks.get(result.framework)
        return fence_line.ran(entry, standing, result, check, framework, continues)


class PlacesTreeprocessor(Treeprocessor):
    """Tidies the places of stashed fences before inline text is read.

    Hidden ones go, so that not even an empty paragraph is left. Fences without a blank line
    between them share a paragraph, which browsers end with an empty one: each gets its own.
    """

    PLACE = re.compile(HTML_PLACEHOLDER % r"\d+")

    def run(self, root: ElementTree.Element) -> None:
        """Called by Python-Markdown."""
        blocks = enumerate(self.md.htmlStash.rawHtmlBlocks)
        hidden = [HTML_PLACEHOLDER % index for index, html in blocks if isinstance(html, Hidden)]
        gone = re.compile("|".join(rf"\n?{re.escape(place)}" for place in hidden) or r"(?!)")
        for parent in list(root.iter()):
            for child in list(parent):
                before = child.text or ""
                child.text, child.tail = (
                    gone.sub("", text) if text and gone.search(text) else text
                    for text in (child.text, child.tail)
                )
                if child.tag == "p" and not len(child):
                    places = (child.text or "").split("\n")
                    if before.strip() and not any(places):
                        parent.remove(child)
                    elif all(map(self.PLACE.fullmatch, places)):
                        self._part(parent, child, places)

    @staticmethod
    def _part(
        parent: ElementTree.Element, paragraph: ElementTree.Element, places: list[str]
    ) -> None:
        """A paragraph for each place, instead of one with all of them."""
        after = list(parent).index(paragraph) + 1
        paragraph.text = places[0]
        for index, place in enumerate(places[1:]):
            added = ElementTree.Element("p")
            added.text = place
            parent.insert(after + index, added)
