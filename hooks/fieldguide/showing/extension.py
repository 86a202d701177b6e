"""The Python-Markdown extension ``fieldguide``: expands directives, shows fences with their proof.

Verifying has run before; the extension only reads its results. It works under every host that runs
Python-Markdown. Of the host it asks only for the page's own path, and works without it too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from ..base import paths
from . import fences, includes, kept, page
from .directives.views import DirectiveProcessor
from .kept import Kept


class FieldGuideExtension(Extension):
    """Registers directives, fences and links with one Markdown instance."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "root": [".", "The project's folder, or one inside it."],
            "kept": ["", "What the hook keeps between pages; without it, what `kept.of` keeps."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Python-Markdown."""
        md.registerExtension(self)
        root = Path(self.getConfig("root"))
        self._known = known = self._kept(root)
        self.directives = DirectiveProcessor(md.parser, md, root, known)
        # Before tabs and admonitions (105) would see the block, after their contents are dedented.
        md.parser.blockprocessors.register(self.directives, "fieldguide", 106)
        # Right before superfences (25) formats the fences.
        md.preprocessors.register(fences.FencePreprocessor(md, known), "fieldguide_fences", 25.5)
        # After footnotes (50) are put in their place, before inline text (20) is read.
        md.treeprocessors.register(fences.PlacesTreeprocessor(md), "fieldguide_places", 21)
        # Right before the host resolves links between pages (0).
        md.treeprocessors.register(page.LinkTreeprocessor(md), "fieldguide_links", 1)

    def _kept(self, start: Path) -> Kept | None:
        """What is kept between pages; None where there is no project."""
        handed_down = self.getConfig("kept")
        if isinstance(handed_down, Kept):
            return handed_down
        root = paths.find_root(start.resolve())
        return kept.of(root) if root else None

    def reset(self) -> None:
        """Called before each conversion of another page, when all extensions are there."""
        self.directives.anchors.clear()
        if self._known is not None:
            includes.restrict(self.directives.md, self._known.includable)


def makeExtension(**options: Any) -> FieldGuideExtension:  # noqa: N802
    """Called by Python-Markdown where the extension is named by its module."""
    return FieldGuideExtension(**options)
