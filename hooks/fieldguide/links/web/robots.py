"""What a host lets robots ask for: robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from protego import Protego

AGENT = "fieldguide-links"
"""Our product token."""
MAX_BYTES = 512 * 1024
"""More of a robots.txt is not read; RFC 9309, section 2.5, asks for at least 500 kibibytes."""


class Robots:
    """The rules of one host."""

    def __init__(self, text: str | None, reachable: bool = True) -> None:
        """``text`` is None where there is no file: then everything may be asked for. A host that
        cannot say what it allows allows nothing (RFC 9309, section 2.3.1.4)."""
        self._rules = Protego.parse(text) if text is not None else None
        self._reachable = reachable

    def allows(self, url: str) -> bool:
        """Whether the address may be asked for."""
        if not self._reachable:
            return False
        return self._rules is None or bool(self._rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds to wait between two requests, at most 10."""
        asked = self._rules.crawl_delay(AGENT) if self._rules is not None else None
        return min(float(asked or 0), 10.0)
