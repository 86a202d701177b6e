"""What a page that we have built links to. Its text is a stranger's too, so this runs in the
process of `reading.py`."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser


def linked(html: bytes, source: str) -> list[tuple[str, int | None]]:
    """The addresses of the web that the content of a page links to, each once, with its line in
    the page's source; without one where it does not stand there."""
    nodes = LexborHTMLParser(html).css("article a[href]")
    addresses = dict.fromkeys(node.attributes.get("href") or "" for node in nodes)
    return [
        (href, _line(source, href))
        for href in addresses
        if href.startswith(("http://", "https://"))
    ]


def _line(source: str, href: str) -> int | None:
    for wanted in (href, href.partition("#")[0]):
        if match := re.search(re.escape(wanted) + r"(?=[\s)>\]\"'#]|$)", source, re.MULTILINE):
            return source.count("\n", 0, match.start()) + 1
    return None
