"""How links are to be looked at: what the options of ``fieldguide links`` say."""

from __future__ import annotations

import ssl
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

ARCHIVE = "https://archive.org/wayback/available"
"""Says whether there is an archived copy: https://archive.org/help/wayback_api.php"""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """The defaults are those of ``fieldguide links`` without any option."""

    again: bool = False
    """Ask also for what was asked for today."""
    accept: bool = False
    """Take what a resource is now for what it should be."""
    allowed: Collection[str] = ()
    """Hosts, as ``host:port``, that may be anywhere and have any port."""
    archive: str | None = ARCHIVE
    """Where to ask for archived copies; None asks nowhere."""
    context: ssl.SSLContext | None = None
    """What decides which certificates are trusted; None for the system's."""
    seconds: float = 45 * 60.0
    """When all this time is up, what was seen until then is kept, and the rest is left."""
    today: date = field(default_factory=date.today)
