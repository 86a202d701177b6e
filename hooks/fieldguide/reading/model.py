"""The records of the reading lists: resources, what was seen of them, paths, the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Location, Problem

LEVELS = ("beginner", "intermediate", "advanced")
GONE = ("moved", "hijacked", "dead")
"""The states that put a resource into the graveyard."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of ``resources.yml``; the schema beside it says what each field means."""

    location: Location
    id: str
    title: str
    url: str
    authors: tuple[str, ...]
    kind: str
    level: str
    frameworks: tuple[str, ...]
    concepts: tuple[str, ...]
    year: int | None
    cost: str
    language: str
    why: str
    status: str
    added: str
    """A day, as ``2026-11-26``."""
    publisher: str | None = None
    updated: int | None = None
    length: str | None = None
    caveat: str | None = None
    archive_url: str | None = None
    superseded_by: str | None = None
    rank: int | None = None
    ended: str | None = None
    reason: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the link checker saw of one resource: an entry of ``checks.yml``."""

    checked: str
    """The day it was last asked for."""
    outcome: str
    """alive, moved, changed, missing, failed or unknown."""
    seen: str | None = None
    """The day it was last seen alive."""
    final_url: str | None = None
    code: int | None = None
    title: str | None = None
    fingerprint: str | None = None
    """64 bits in hexadecimal digits."""
    etag: str | None = None
    last_modified: str | None = None
    note: str | None = None
    first_failure: str | None = None
    strikes: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reading path: a resource or a guide of this site."""

    location: Location
    resource: str | None = None
    guide: str | None = None
    then: str | None = None
    """The line that leads to the next step."""


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """An order to read in."""

    location: Location
    id: str
    title: str
    audience: str
    """Who it is for and where it leads."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything of ``docs/reading/``; what has a problem is left out."""

    resources: Mapping[str, Resource]
    """By id, in the order of the file."""
    seen: Mapping[str, Seen]
    """By the resource's id."""
    paths: tuple[ReadingPath, ...]
    frameworks: Mapping[str, str]
    """How pages write a framework's name: the site's in their order, then those of topics.yml."""
    concepts: Mapping[str, str]
    """How pages write a concept's name: the site's first, then those of topics.yml."""
    problems: tuple[Problem, ...]
