"""The title of a page, as MkDocs shows it."""

from __future__ import annotations

import re
from pathlib import Path

from ..model import Location
from . import front_matter
from .includes import split


def of_concept(root: Path, guide: Location | None, concept: str) -> str:
    """The title of a concept's guide; a concept without a guide is written after its folder."""
    if guide is not None:
        text = (root / guide.path).read_text("utf-8-sig", "replace")
        if title := of_page(text):
            return title
    return concept.replace("-", " ").replace("_", " ").capitalize()


def of_page(text: str) -> str:
    """What the front matter calls the page, or else the heading that it starts with; empty where
    it has neither.

    ``text`` is the page's, without a byte order mark.
    """
    named = front_matter.data(text)
    if "title" in named:
        return str(named["title"])
    lines = split(text)[front_matter.lines(text) :]
    first = next((line for line in lines if line.strip()), "")
    if not first.startswith("# "):
        return ""
    return re.sub(r"\s*\{[^}]*\}$", "", first[2:].strip())
