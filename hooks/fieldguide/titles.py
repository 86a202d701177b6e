"""The title of a page, as MkDocs shows it."""

from __future__ import annotations

import re
from pathlib import Path

from . import front_matter
from .fences import prose
from .model import Location


def of_concept(root: Path, guide: Location | None, concept: str) -> str:
    """The title of a concept's guide; a concept without a guide is written after its folder."""
    if guide is not None:
        text = (root / guide.path).read_text("utf-8-sig", "replace")
        if title := of_page(text):
            return title
    return concept.replace("-", " ").replace("_", " ").capitalize()


def of_page(text: str) -> str:
    """What the front matter calls the page, or else its first heading; empty where it has neither.

    ``text`` is the page's, without a byte order mark.
    """
    named = front_matter.data(text)
    if "title" in named:
        return str(named["title"])
    for _, line in prose(text):
        if line.startswith("# "):
            return re.sub(r"\s*\{[^}]*\}$", "", line[2:].strip())
    return ""
