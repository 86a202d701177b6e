"""Every address that the reading lists and the built guides name, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..model import Location
from ..reading.model import GONE, Resource, Seen
from .model import Target

SITE = "site"


def of_resources(resources: Iterable[Resource], seen: Mapping[str, Seen]) -> Iterator[Target]:
    """Those of the reading lists; not those in the graveyard, of which some do harm."""
    for resource in resources:
        if resource.status in GONE:
            continue
        url, fragment = urldefrag(resource.url)
        before = seen.get(resource.id)
        # An answer that says "not changed" tells nothing of places in the page.
        known = before if before is not None and before.outcome == "alive" else None
        yield Target(
            url,
            frozenset({fragment} if fragment else ()),
            (resource.id,),
            (resource.location,),
            known.etag if known else None,
            known.last_modified if known else None,
        )


def of_pages(root: Path) -> Iterator[Target]:
    """Those that the content of built pages links to, at the line of the page's source."""
    for html in sorted((root / SITE).rglob("*.html")):
        source = _source(root, html.relative_to(root / SITE))
        text = source.read_text("utf-8", "replace") if source else ""
        path = (source or html).relative_to(root).as_posix()
        tree = LexborHTMLParser(html.read_bytes())
        found: dict[str, None] = {}
        for node in tree.css("article a[href]"):
            href = node.attributes.get("href") or ""
            if href.startswith(("http://", "https://")):
                found.setdefault(href)
        for href in found:
            url, fragment = urldefrag(href)
            at = Location(path, _line(text, href))
            yield Target(url, frozenset({fragment} if fragment else ()), (), (at,))


def merged(targets: Iterable[Target]) -> list[Target]:
    """One target an address, with everything that names it."""
    by_url: dict[str, list[Target]] = defaultdict(list)
    for one in targets:
        by_url[one.url].append(one)
    return [
        Target(
            url,
            frozenset().union(*(one.fragments for one in those)),
            tuple(dict.fromkeys(id for one in those for id in one.resources)),
            tuple(dict.fromkeys(place for one in those for place in one.places)),
            those[0].etag,
            those[0].last_modified,
        )
        for url, those in by_url.items()
    ]


def _source(root: Path, html: Path) -> Path | None:
    """The Markdown file of a built page, where there is one."""
    stem = html.parent if html.name == "index.html" else html.with_suffix("")
    for name in (f"{stem.as_posix()}.md", f"{stem.as_posix()}/index.md"):
        if (path := root / "docs" / name).is_file():
            return path
    return None


def _line(text: str, href: str) -> int | None:
    """Where an address stands in a page's source; None where the page was given it."""
    bare = urlsplit(href)._replace(fragment="").geturl()
    for wanted in (href, bare):
        if found := re.search(re.escape(wanted) + r"(?=[\s)>\]\"'#]|$)", text, re.M):
            return text.count("\n", 0, found.start()) + 1
    return None
