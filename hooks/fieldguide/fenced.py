"""Fences of a page, shown with their proof.

The site's own formatter writes the code; what is put around it comes from `inline`. SuperFences
drops a fence without a word when its formatter raises, so nothing here does: where the proof
cannot be shown, the code alone is, and a warning is logged.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from . import evidence, infostring, inline, page, problems, registry
from .evidence import Evidence
from .model import Location
from .problems import ProblemError
from .text import visible

log = logging.getLogger("mkdocs.fieldguide")

CLASSES, ATTRIBUTES = frozenset(infostring.CLASSES), frozenset(infostring.KEYS)
"""What an info string says to us, and is nobody else's to read."""

_WRAPPED = ("superfences", "*")
"""The formatters of code; a custom fence, a diagram for one, is none of ours."""


class Hidden(str):
    """Stashed in the place of a fence that is run and not shown."""

    __slots__ = ()


class FencePreprocessor(Preprocessor):
    """Puts itself before the formatters of superfences, which is registered after this."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self.md = md
        self.root = root
        self._seen: Counter[str] = Counter()
        self._groups: set[str] = set()

    def run(self, lines: list[str]) -> list[str]:
        """Called by Python-Markdown once a page; changes no line."""
        self._seen.clear()
        self._groups.clear()
        for entry in self._superfences():
            formatter = entry.get("formatter")
            wrapped = isinstance(formatter, partial) and formatter.func == self.show
            if formatter is not None and entry.get("name") in _WRAPPED and not wrapped:
                entry["formatter"] = partial(self.show, formatter)
        return lines

    def _superfences(self) -> list[dict[str, Any]]:
        """Its formatters; none under a host that has other fences, or none."""
        if "fenced_code_block" not in self.md.preprocessors:
            return []
        extension = getattr(self.md.preprocessors["fenced_code_block"], "extension", None)
        found: list[dict[str, Any]] = getattr(extension, "superfences", [])
        return found

    def show(self, formatter: Callable[..., str], **given: Any) -> str:
        """One fence as HTML: what `formatter` makes of it, with what is known about it."""
        source, language = given["src"], given["language"] or ""
        classes, attributes = given["classes"] or [], given["attrs"] or {}
        seen = self._seen[source]
        self._seen[source] += 1
        ours = CLASSES.intersection(classes)
        told = {key: value for key, value in attributes.items() if key in ATTRIBUTES}
        options = dict(given["options"] or {})
        if told.get("data-file"):
            options.setdefault("title", visible(told["data-file"]))  # Pygments escapes it
        title = options.get("title") or ""
        others = {key: value for key, value in attributes.items() if key not in ATTRIBUTES}
        if copied := registry.copied(language, source):
            others.setdefault("data-copy", inline.attribute(copied))
        rest = [name for name in classes if name not in CLASSES]
        given |= {"options": options, "classes": list(rest), "attrs": others}
        code = formatter(**given)
        try:
            if "output" in ours and "hide" not in ours:
                return inline.output(code)
            if "norun" in ours and "hide" not in ours:
                return inline.block(code, inline.not_run(self._reason(told, source, seen)))
            if "run" not in ours and not registry.runs_unasked(language):
                return Hidden() if "hide" in ours else code
            hidden = "hide" in ours
            line = self._line(source, seen, told, hidden)
            if hidden:
                return inline.block("", line) if line else Hidden()
            if language == "http":
                code = inline.documented(source, title, given["id_value"], rest) or code
            return inline.block(code, line)
        except ProblemError as error:
            for problem in error.problems:
                log.warning(problems.line(problem))
        except Exception as error:
            uri = page.source(self.md)
            where = Location(f"docs/{uri}" if uri else "(a page)")
            log.warning(problems.line(problems.fence_not_shown(where, error)))
        return Hidden() if "hide" in ours else code

    def _known(self) -> tuple[Evidence | None, str]:
        """The evidence, and the page as its accounts call it; empty where nobody tells."""
        uri = page.source(self.md)
        root = evidence.find_root(self.root)
        where = f"docs/{uri}" if uri else ""
        return (evidence.read(root, page=where) if root and where else None), where

    def _reason(self, told: dict[str, str], source: str, seen: int) -> str:
        """Why a fence is not run, as its info string says."""
        if "data-reason" in told:
            return told["data-reason"]
        known, where = self._known()
        entry = known.entry(where, source, seen) if known else None
        return entry.reason if entry else ""

    def _line(self, source: str, seen: int, told: dict[str, str], hidden: bool) -> str:
        """What is said about a fence that is run; nothing where there is nothing to say."""
        known, where = self._known()
        entry = known.entry(where, source, seen) if known else None
        result, check = known.of(entry) if known and entry else (None, None)
        standing = known.stands(entry) if known and entry else "unverified"
        quiet = hidden or "data-file" in told
        if result is None or standing in ("unverified", "stale"):
            return "" if quiet else inline.not_known(standing, where)
        if quiet and standing in ("passed", "skipped"):
            return ""
        assert known is not None
        assert entry is not None
        group = entry.fence.options.group
        continues = group in self._groups
        if group:
            self._groups.add(group)
        framework = known.project.frameworks.get(result.framework)
        return inline.ran(entry, standing, result, check, framework, continues)


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
                    lines = (child.text or "").split("\n")
                    if before.strip() and not any(lines):
                        parent.remove(child)
                    elif all(map(self.PLACE.fullmatch, lines)):
                        self._part(parent, child, lines)

    @staticmethod
    def _part(
        parent: ElementTree.Element, paragraph: ElementTree.Element, lines: list[str]
    ) -> None:
        """One paragraph a line, in the place of one with all of them."""
        after = list(parent).index(paragraph) + 1
        paragraph.text = lines[0]
        for index, line in enumerate(lines[1:]):
            added = ElementTree.Element("p")
            added.text = line
            parent.insert(after + index, added)
