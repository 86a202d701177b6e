"""The reading lists for programs: ``reading.json``, and an Atom feed of additions and changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from .. import __version__
from .catalogue import SCHEMAS
from .model import GONE, Catalogue, Resource

JSON, ATOM, SCHEMA_NAME = "reading.json", "reading.atom", "reading.schema.json"
SCHEMA = 1
_FIELDS = ("schema", "generated", "engine", "frameworks", "concepts", "resources", "paths")
_NEWEST = 50
_NAMESPACE = "http://www.w3.org/2005/Atom"


def write(
    catalogue: Catalogue,
    folder: Path,
    title: str,
    site: str,
    *,
    day: date,
    directory_urls: bool = True,
) -> None:
    """Write both, and the schema of the first, into a built site; nothing without lists."""
    if not catalogue.resources:
        return
    (folder / JSON).write_text(as_json(catalogue, day.isoformat()), "utf-8")
    (folder / ATOM).write_bytes(as_atom(catalogue, title, site, directory_urls))
    (folder / SCHEMA_NAME).write_text(json.dumps(schema(), indent=1), "utf-8")


def as_json(catalogue: Catalogue, generated: str) -> str:
    """The catalogue, as ``reading.schema.json`` describes it; ``generated`` is a day."""
    whole = {
        "schema": SCHEMA,
        "generated": generated,
        "engine": __version__,
        "frameworks": dict(catalogue.frameworks),
        "concepts": dict(catalogue.concepts),
        "resources": [
            {
                **_plain(resource),
                "seen": _plain(seen) if (seen := catalogue.seen.get(resource.id)) else None,
            }
            for resource in catalogue.resources.values()
        ],
        "paths": [
            {
                "id": path.id,
                "title": path.title,
                "for": path.audience,
                "steps": [_plain(step) for step in path.steps],
            }
            for path in catalogue.paths
        ],
    }
    return json.dumps(whole, ensure_ascii=False)


def schema() -> dict[str, Any]:
    """The JSON Schema of ``reading.json``, out of those that its data is held against."""
    resources, checks, paths = (
        json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
        for name in ("resources", "checks", "paths")
    )
    known = resources["$defs"]
    entry = known["resource"]
    entry["required"] = [name for name in entry["required"] if name != "year"] + ["seen"]
    entry["properties"]["seen"] = {"oneOf": [{"type": "null"}, checks["additionalProperties"]]}
    titles = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "$schema": resources["$schema"],
        "title": "reading.json of the Field Guide",
        "type": "object",
        "additionalProperties": False,
        "required": [*_FIELDS],
        "properties": {
            "schema": {"const": SCHEMA},
            "generated": known["date"],
            "engine": {"type": "string"},
            "frameworks": titles,
            "concepts": titles,
            "resources": {"type": "array", "items": entry},
            "paths": {"type": "array", "items": paths["items"]},
        },
        "$defs": known,
    }


def _plain(record: Any) -> dict[str, Any]:
    """A record without its place in a file and without the fields that are None."""
    values = asdict(record)
    values.pop("location", None)
    return {key: value for key, value in values.items() if value is not None}


def as_atom(catalogue: Catalogue, title: str, site: str, directory_urls: bool = True) -> bytes:
    """The newest additions and changes (RFC 4287); ``site`` is the site's address, or empty."""
    lists, graveyard = (
        ("reading/", "reading/graveyard/")
        if directory_urls
        else ("reading/index.html", "reading/graveyard.html")
    )
    ElementTree.register_namespace("", _NAMESPACE)
    feed = ElementTree.Element(_name("feed"))
    events = sorted(_events(catalogue), key=itemgetter(0), reverse=True)[:_NEWEST]
    _text(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'fieldguide/{site}')}")
    _text(feed, "title", f"{title}: reading list")
    _text(feed, "updated", _moment(events[0][0] if events else "2026-01-01"))
    author = ElementTree.SubElement(feed, _name("author"))
    _text(author, "name", title)
    base = site.rstrip("/") + "/" if site else ""
    ElementTree.SubElement(feed, _name("link"), rel="self", href=f"{base}{ATOM}")
    ElementTree.SubElement(feed, _name("link"), rel="alternate", href=f"{base}{lists}")
    for day, event, resource in events:
        entry = ElementTree.SubElement(feed, _name("entry"))
        _text(
            entry,
            "id",
            f"urn:uuid:{uuid5(NAMESPACE_URL, f'fieldguide/{resource.id}/{event}/{day}')}",
        )
        _text(entry, "title", resource.title if event == "added" else f"{resource.title} ({event})")
        _text(entry, "updated", _moment(day))
        # A resource that is gone is not linked to: some of them do harm.
        href = f"{base}{graveyard}" if resource.status in GONE else resource.url
        ElementTree.SubElement(entry, _name("link"), rel="alternate", href=href)
        for name in resource.authors:
            _text(ElementTree.SubElement(entry, _name("author")), "name", name)
        for term in (*resource.frameworks, *resource.concepts):
            ElementTree.SubElement(entry, _name("category"), term=term)
        _text(
            entry,
            "summary",
            " ".join(filter(None, (resource.why, resource.reason or resource.caveat))),
        )
    content: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return content


def _events(catalogue: Catalogue) -> Iterator[tuple[str, str, Resource]]:
    """A day, what happened on it, and to what."""
    for resource in catalogue.resources.values():
        yield resource.added, "added", resource
        if resource.changed:
            yield resource.changed, resource.status if resource.reason else "changed", resource


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _name(tag: str) -> str:
    return f"{{{_NAMESPACE}}}{tag}"


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, _name(tag)).text = text
