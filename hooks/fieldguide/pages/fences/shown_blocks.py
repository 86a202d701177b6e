"""What Python-Markdown makes of a page's fences, found by asking it.

``pymdownx.superfences`` decides which lines are a fence, before any block is looked at. Block
parsing decides afterwards: an indented code block takes a fence back as text, and one in an HTML
comment is never seen. Both are asked here, of one Markdown instance with the site's extensions;
block parsing only where the answer is not plain, a part of a page at a time, because it is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, STX
from pymdownx.superfences import SuperFencesCodeExtension  # type: ignore[import-untyped]

from .. import bound_problems
from . import too_much
from .parts import parts, trimmed
from .seen import seen
from .superfences import STRAY, TAG, Abandoned, Candidate, Finder
from .too_much import TooMuchError

EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
)
"""Those of mkdocs.yml that say where a block starts and ends."""
CONFIGS: dict[str, dict[str, Any]] = {"pymdownx.tabbed": {"alternate_style": True}}

_READING = Lock()
_HTML = re.compile(r"<[A-Za-z!?/]")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]]*\]:", re.MULTILINE)
_PLAIN = re.compile(f"^ {{0,3}}(?:{STX}|[`~]{{3}})")
_TOKEN = re.compile(f"{HTML_PLACEHOLDER_RE.pattern}|{STRAY.pattern}")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The fences of one page, and the lines that only look like the marks of one."""

    candidates: tuple[Candidate, ...]
    visible: frozenset[int]
    """The numbers of those candidates that the page shows as a fence."""
    abandoned: tuple[Abandoned, ...]
    strays: tuple[int, ...]
    """The lines outside of every fence that look like marks, and that are shown as text."""


def read(lines: list[str]) -> Blocks:
    """The fences of a page's normalised lines; raises `TooMuchError`."""
    return _read("\n".join(lines))


@lru_cache(maxsize=256)
def _read(text: str) -> Blocks:
    """Kept, because a build asks about each page several times, and a server about all of them.

    The answer follows from the text alone, so what is kept is right for every project and every
    thread, and nobody has to hand it down.
    """
    with _READING:
        return _reader().read(text.split("\n"))


@lru_cache(maxsize=1)
def _reader() -> _Reader:
    """Kept, because a Markdown instance is slow to make; it forgets each page before the next one.

    So one page is read at a time, under `_READING`.
    """
    return _Reader()


class _Reader:
    """One Markdown instance, and how a page is given to it."""

    def __init__(self) -> None:
        self.md = Markdown(extensions=list(EXTENSIONS), extension_configs=CONFIGS)
        [superfences] = [
            extension
            for extension in self.md.registeredExtensions
            if isinstance(extension, SuperFencesCodeExtension)
        ]
        self.finder = Finder(self.md)
        self.finder.config = superfences.getConfigs()
        self.finder.extension = superfences
        superfences.superfences[0]["formatter"] = self.finder.format
        self.md.preprocessors.register(self.finder, "fenced_code_block", 25)

    def read(self, lines: list[str]) -> Blocks:
        self.md.reset()
        marked = self.finder.run(lines)
        candidates, strays = tuple(self.finder.candidates), self.finder.strays
        too_much.fences((*strays, *(candidate.start for candidate in candidates)))
        too_much.prose(zip(self.finder.numbers, marked, strict=True))
        fences, live = set(range(len(candidates))), set(strays)
        if candidates or strays:
            html = any("<" in line and _HTML.search(line) for line in marked)
            if html:
                marked = self.md.preprocessors["html_block"].run(marked)
            try:
                fences, live = seen("".join(self._rendered(marked)), html)
            except RecursionError:
                # No page can be built from it either. The next page is read with an instance that
                # is not in the middle of this one.
                _reader.cache_clear()
                raise TooMuchError(0, bound_problems.nested_somewhere) from None
        return Blocks(
            candidates,
            frozenset(fences),
            tuple(self.finder.abandoned),
            tuple(number for number in strays if number in live),
        )

    def _rendered(self, lines: list[str]) -> Iterator[str]:
        """HTML with everything that was marked, as far as it is rendered at all."""
        open_parts = []
        for part in parts(lines):
            settled = list(self._settled(part))
            if None in settled:
                open_parts.append(part)
            else:
                yield from (self._restored(line) for line in settled if line is not None)
        if not open_parts:
            return
        root = Element("div")
        if any(_FOOTNOTE.search("\n".join(part)) for part in open_parts):
            # The last definition of a footnote counts, wherever on the page it is.
            chosen = set(map(tuple, open_parts))
            open_parts = [
                part
                for part in parts(lines)
                if tuple(part) in chosen or _FOOTNOTE.search("\n".join(part))
            ]
        for part in open_parts:
            self.md.parser.parseChunk(root, "\n".join(trimmed(part)))
            root.append(Element("hr"))
        notes = self.md.treeprocessors["footnote"].footnotes  # type: ignore[attr-defined]
        if (div := notes.makeFootnotesDiv(root)) is not None:
            root.append(div)
        if any(
            STX in text and ("<" in text or "](" in text) and _TOKEN.search(text)
            for text in root.itertext()
        ):
            # A comment or the text of an image in the middle of a paragraph.
            self.md.treeprocessors["inline"].run(root)
        yield from (self._restored(text) for text in _texts(root))

    def _settled(self, part: list[str]) -> Iterator[str | None]:
        """Lines with a mark whose fate is plain, without asking for blocks; None for others.

        Plain is what starts a block of its own, hardly indented: a paragraph, whatever follows.
        """
        plain, before = False, ""
        for line in part:
            opens = not before or plain
            plain = False
            if STX in line:
                plain = opens and _PLAIN.match(line) is not None
                kept = [
                    self.md.htmlStash.rawHtmlBlocks[int(match[1])]
                    for match in HTML_PLACEHOLDER_RE.finditer(line)
                ]
                if plain and all(isinstance(html, str) for html in kept):
                    yield line
                elif STRAY.search(line) or any(
                    not isinstance(html, str) or STX in html or TAG in html for html in kept
                ):
                    yield None
            before = line

    def _restored(self, text: str, depth: int = 0) -> str:
        """Text with stashed HTML in the place of its placeholders."""
        if STX not in text or depth > 50:
            return text
        stash: list[Any] = self.md.htmlStash.rawHtmlBlocks

        def restore(match: re.Match[str]) -> str:
            html = stash[int(match[1])] if int(match[1]) < len(stash) else ""
            # An element that no block took is shown with its text as it is.
            kept = self.md.serializer(html) if isinstance(html, Element) else str(html)
            return self._restored(kept, depth + 1)

        return HTML_PLACEHOLDER_RE.sub(restore, text)


def _texts(element: Element, code: bool = False) -> Iterable[str]:
    """Every text with a mark in it; in code, only the placeholders."""
    code = code or element.tag == "pre"
    for text in (element.text, *(part for child in element for part in (child, child.tail))):
        if isinstance(text, Element):
            yield from _texts(text, code)
        elif text and STX in text:
            yield "".join(match[0] for match in _TOKEN.finditer(text) if not (code and match[2]))
