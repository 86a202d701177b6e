"""The records of the link checker: targets, answers and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..model import Location


@dataclass(frozen=True, slots=True)
class Target:
    """One address to look at, and everything that names it."""

    url: str
    """Without its fragment."""
    fragments: frozenset[str] = frozenset()
    """Places in the page that are linked to."""
    resources: tuple[str, ...] = ()
    """The ids of the resources with this address: their titles and texts are remembered."""
    places: tuple[Location, ...] = ()
    """Where it is written, the reading lists first."""
    etag: str | None = None
    """Of the last answer, so that nothing is sent that is known."""
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of an HTML page."""

    title: str
    fingerprint: str
    """64 bits in hexadecimal digits; empty where the page has too few words to compare."""
    anchors: frozenset[str]
    missing: bool
    """Whether it says that there is nothing, whatever its status."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address."""

    url: str
    """Where redirects led."""
    code: int | None = None
    """The final status; None where none came."""
    error: str | None = None
    """Why none came, in words."""
    permanent: bool = False
    """Whether every redirect on the way was a permanent one, and there was one."""
    page: Page | None = None
    """Nothing where the page is no HTML, or was not sent again."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """``etag`` and ``last-modified``, where they came."""
    unknown: bool = False
    """Whether it could not be checked: the address may be well."""
    refused: bool = False
    """Whether we did not ask, because it is no address for a stranger to send us to."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means for a target."""

    target: Target
    answer: Answer
    outcome: str
    """alive, moved, changed, missing, failed or unknown: those of ``checks.yml``."""
    notes: tuple[str, ...] = ()
    """What a person should know."""
    replacement: str | None = None
    """The address to write in its place, where it moved for good."""
