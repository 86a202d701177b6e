"""Every address that the reading lists and the built guides name, each once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..base.problems import Problems
from ..model import Location
from ..reading.model import GONE, Resource, Seen
from . import notes, problems
from .model import Target
from .web.reader import Reader, UnreadableError

SITE = "site"
_PAGE_BYTES = 32 * 1024 * 1024


def of_resources(resources: Iterable[Resource], seen: Mapping[str, Seen]) -> Iterator[Target]:
    """The addresses of the reading lists, without the graveyard, where some do harm."""
    for resource in resources:
        if resource.status in GONE:
            continue
        url, _, fragment = resource.url.partition("#")
        before = seen.get(resource.id)
        # Who says "not changed" is believed once, and shows the page the next time.
        asked = before is not None and before.outcome == "alive" and before.code != 304
        known = before if asked else None
        yield Target(
            url,
            frozenset({fragment} if fragment else ()),
            (resource.id,),
            (resource.location,),
            known.etag if known else None,
            known.last_modified if known else None,
        )


async def of_pages(root: Path, reader: Reader, collector: Problems) -> list[Target]:
    """The addresses that built pages link to in their content, at the line of the page's source.

    A page that cannot be read is a problem, and costs no other page its links.
    """
    targets = []
    for html in sorted((root / SITE).rglob("*.html")):
        source = _source(root, html.relative_to(root / SITE))
        path = (source or html).relative_to(root).as_posix()
        try:
            text = source.read_text("utf-8", "replace") if source else ""
            links = await reader.links(_content(html), text)
        except (OSError, UnreadableError) as error:
            collector.add(problems.page_not_read(Location(path), str(error)))
            continue
        for href, line in links:
            url, _, fragment = href.partition("#")
            at = (Location(path, line),)
            targets.append(Target(url, frozenset({fragment} if fragment else ()), (), at))
    return targets


def _content(html: Path) -> bytes:
    """The bytes of a built page; raises OSError, or `UnreadableError` where they are too many."""
    with html.open("rb") as file:
        content = file.read(_PAGE_BYTES + 1)
    if len(content) > _PAGE_BYTES:
        raise UnreadableError(notes.too_many_bytes(_PAGE_BYTES // 1024**2))
    return content


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
