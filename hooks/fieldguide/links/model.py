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
    anchors: tuple[str, ...]
    """Those of the names that were looked for which lead to a place in it."""
    missing: bool
    """Whether it says that there is nothing, whatever its status."""
    doubt: str = ""
    """Why it cannot tell what is gone, in words: it was not read whole, or is another page than
    the one that was asked for."""
    scripted: bool = False
    """Whether it has next to no text of its own: a program makes its places."""


MAX_DELAY = 10.0
"""Seconds; a host that asks for a longer pause between two requests gets this one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a host's robots.txt says of an address."""

    allowed: bool
    delay: float = 0.0
    """Seconds between two requests, at most `MAX_DELAY`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address."""

    url: str
    """Where redirects led."""
    code: int | None = None
    """The final status; None where none came."""
    error: str | None = None
    """Why none came or it cannot be used, in words."""
    permanent: bool = False
    """Whether every redirect on the way was a permanent one, and there was one."""
    page: Page | None = None
    """Nothing where the page is no HTML, was not read, or was not sent again."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """``etag`` and ``last-modified``, where they came."""
    unknown: bool = False
    """Whether it could not be checked: the address may be well."""
    refused: bool = False
    """Whether we did not ask, because it is no address for a stranger to send us to."""

    @property
    def silent(self) -> bool:
        """Whether no host answered: then it may as well be the network that is not there."""
        return self.code is None and not self.unknown and not self.refused


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
    """The address to write in its place, where it moved for good to one that can be written."""
