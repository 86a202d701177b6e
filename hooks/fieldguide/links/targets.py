"""Every address that the reading lists and the built guides name, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..model import Location
from ..reading.model import GONE, Resource, Seen
from .model import Target

SITE = "site"


def of_resources(resources: Iterable[Resource], seen: Mapping[str, Seen]) -> Iterator[Target]:
    """The addresses of the reading lists, without the graveyard, where some do harm."""
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
    """The addresses that built pages link to in their content, at the line of the page's source."""
    for html in sorted((root / SITE).rglob("*.html")):
        source = _source(root, html.relative_to(root / SITE))
        text = source.read_text("utf-8", "replace") if source else ""
        path = (source or html).relative_to(root).as_posix()
        tree = LexborHTMLParser(html.read_bytes())
        links = (node.attributes.get("href") or "" for node in tree.css("article a[href]"))
        for href in dict.fromkeys(links):
            if not href.startswith(("http://", "https://")):
                continue
            url, fragment = urldefrag(href)
            at = Location(path, _line(text, href))
            yield Target(url, frozenset({fragment} if fragment else ()), (), (at,))


def merged(targets: Iterable[Target]) -> list[Target]:
    """One target an address, with everything that names it."""
    by_url: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        by_url[target.url].append(target)
    return [_union(url, same) for url, same in by_url.items()]


def _union(url: str, targets: Sequence[Target]) -> Target:
    return Target(
        url,
        frozenset().union(*(target.fragments for target in targets)),
        tuple(dict.fromkeys(id for target in targets for id in target.resources)),
        tuple(dict.fromkeys(place for target in targets for place in target.places)),
        targets[0].etag,
        targets[0].last_modified,
    )


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
        if match := re.search(re.escape(wanted) + r"(?=[\s)>\]\"'#]|$)", text, re.M):
            return text.count("\n", 0, match.start()) + 1
    return None
