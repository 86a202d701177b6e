"""Where a directive writes: an element of the page, and what may be put into it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree

from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from markupsafe import Markup

from .. import page
from ..html.highlighting import Highlighter


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the page that is being rendered."""

    parent: ElementTree.Element
    parser: BlockParser
    code: Highlighter
    anchors: set[str]
    """The names that are given on this page."""

    def inside(self, parent: ElementTree.Element) -> Place:
        """Another element of the same page."""
        return replace(self, parent=parent)

    def html(self, html: Markup) -> None:
        """Finished HTML, stashed so that nothing reads it as Markdown."""
        text = self.parser.md.htmlStash.store(str(html))
        ElementTree.SubElement(self.parent, "p").text = text

    def element(self, html: Markup) -> None:
        """Well-formed HTML with links to pages, which the host resolves and checks."""
        self.parent.append(page.element(html))

    def markdown(self, text: str) -> None:
        """Blocks of Markdown."""
        self.parser.parseBlocks(self.parent, [text])

    def paragraph(self, text: str, classes: str = "", *, plain: bool = False) -> None:
        """A paragraph whose text is read as Markdown, unless it is ``plain``."""
        attributes = {"class": classes} if classes else {}
        paragraph = ElementTree.SubElement(self.parent, "p", attributes)
        paragraph.text = AtomicString(text) if plain else text

    def heading(self, title: str, id: str, level: int = 3, *, sought: bool = True) -> None:
        """A heading, which the page's table of contents names; unless it is ``sought``, a search
        does not find what is below it."""
        attributes = {"id": id} if sought else {"id": id, "data-search-exclude": ""}
        heading = ElementTree.SubElement(self.parent, f"h{level}", attributes)
        heading.text = AtomicString(title)

    def anchor(self, name: str) -> None:
        """A place that tables link to; the first on a page has the name."""
        anchor = ElementTree.SubElement(self.parent, "span", {"class": "fg-anchor"})
        if name not in self.anchors:
            self.anchors.add(name)
            anchor.set("id", name)
