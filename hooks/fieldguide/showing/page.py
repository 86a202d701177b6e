"""The page that is being rendered, as far as the host tells: its path, and where its links lead."""

from __future__ import annotations

import posixpath
from pathlib import Path
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..base.html.markup import DOC
from ..base.problems import ProblemError
from ..model import Location
from ..pages.fences.scan import prose


class LinkTreeprocessor(Treeprocessor):
    """Rewrites paths inside the docs folder to paths from the page's own source file.

    Those are what an author writes by hand, so the host resolves and checks them like any other
    link, whatever addresses it gives its pages.
    """

    def run(self, root: ElementTree.Element) -> None:
        """Called by Python-Markdown."""
        folder = posixpath.dirname(source(self.md) or "")
        for link in root.iter("a"):
            target = link.attrib.pop(DOC, None)
            if target is not None:
                path, mark, anchor = target.partition("#")
                link.set("href", posixpath.relpath(path, folder or ".") + mark + anchor)


def source(md: Markdown) -> str | None:
    """The page's path inside the docs folder; None under a host that does not say.

    MkDocs and its fork register the treeprocessor ``relpath``, which knows the file.
    """
    if "relpath" not in md.treeprocessors:
        return None
    uri = getattr(getattr(md.treeprocessors["relpath"], "file", None), "src_uri", None)
    return uri if isinstance(uri, str) else None


def whole(md: Markdown) -> Location:
    """The page as a place; a host that does not say its path has ``(a page)``."""
    uri = source(md)
    return Location(f"docs/{uri}" if uri else "(a page)")


def locate(md: Markdown, root: Path, text: str) -> Location:
    """Where a line of the page stands in its source.

    The file is read again, because blocks have no line numbers and front matter is cut off.
    """
    uri = source(md)
    if uri is None:
        return whole(md)
    file = getattr(md.treeprocessors["relpath"], "file", None)
    path = Path(getattr(file, "abs_src_path", None) or root / "docs" / uri)
    try:
        content = path.read_text("utf-8-sig", "replace")
        shown = path.resolve().relative_to(root.resolve()).as_posix()
    except (OSError, ValueError):
        return whole(md)
    try:
        lines = [n for n, line in prose(shown, content) if line.strip(" \t>-*+") == text]
    except ProblemError:
        return whole(md)
    return Location(shown, next(iter(lines), None))


def element(html: str) -> ElementTree.Element:
    """Well-formed HTML as an element, so that the host sees its links; its texts stay as they are,
    whatever Markdown would make of them."""
    parsed = ElementTree.fromstring(html)
    for part in parsed.iter():
        part.text = AtomicString(part.text) if part.text else part.text
        part.tail = AtomicString(part.tail) if part.tail else part.tail
    return parsed
