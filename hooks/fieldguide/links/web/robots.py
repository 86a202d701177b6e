"""What a host lets robots ask for: robots.txt, as RFC 9309 has it.

The file is a stranger's, so this runs in the process of `reading.py`, which may die of it."""

from __future__ import annotations

from functools import lru_cache

from protego import Protego

from ..model import MAX_DELAY, Rule

AGENT = "fieldguide-links"
"""Our product token."""


def rule(content: str, url: str) -> Rule:
    """What the text of a robots.txt says of an address."""
    rules = _parsed(content)
    delay = min(float(rules.crawl_delay(AGENT) or 0), MAX_DELAY)
    return Rule(bool(rules.can_fetch(url, AGENT)), delay)


@lru_cache(maxsize=8)
def _parsed(content: str) -> Protego:
    """A host is asked for many addresses, one after the other."""
    return Protego.parse(content)
