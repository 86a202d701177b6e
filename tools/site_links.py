"""Whether each link of a built site leads to a file of it, under the path that it is served at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_HOST = "https://example.org"


def broken(site: Path, base: str) -> Iterator[str]:
    """A line for each link that leads nowhere. The page for what is not there is shown at any
    address, so its links have to hold from a deep one as well."""
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        at = f"{base}{path.removesuffix('index.html')}"
        if path == "404.html":
            at = f"{base}no/such/page/"
        for link in links(page.read_text("utf-8")):
            if problem := _problem(site, base, urljoin(f"{_HOST}{at}", link)):
                yield f"{path}: {link} {problem}"


def links(html: str) -> list[str]:
    """Each link once, in order."""
    nodes = LexborHTMLParser(html).css("[href], [src]")
    found = (node.attributes.get(name) for node in nodes for name in ("href", "src"))
    return list(dict.fromkeys(link for link in found if link is not None))


def _problem(site: Path, base: str, address: str) -> str:
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != _HOST:
        return ""
    if not parts.path.startswith(base) and f"{parts.path}/" != base:
        return "leads out of the site"
    target = site / unquote(parts.path[len(base) :])
    if target.is_dir():
        target /= "index.html"
    return "" if target.is_file() else "leads nowhere"
