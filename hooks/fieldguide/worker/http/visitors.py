"""Who visits an application in a check, and what all of them have in common."""

from __future__ import annotations

from typing import Any, NamedTuple

from . import wording
from .messages import Request, Response
from .recorded import exchange

EXCHANGES = 1000
"""Of one check: so many are sent, and a page shows them all."""
WAITED_SECONDS = 2.0
"""A check waits so long in all: it is run for every framework."""


class Visitor(NamedTuple):
    """One of those who visit."""

    number: int = 1
    address: str = "127.0.0.1"
    scheme: str = "http"
    root: str = ""

    def __str__(self) -> str:
        return "" if self.number == 1 else wording.visitor(*self)


def visitor(number: int, address: str | None, scheme: str, root: str) -> Visitor:
    """Another visitor; raises ValueError for one that there cannot be."""
    from ipaddress import ip_address  # here, as few checks need it

    if scheme not in ("http", "https"):
        raise ValueError(wording.unknown_scheme(scheme))
    if root and (not root.startswith("/") or root.endswith("/")):
        raise ValueError(wording.bad_root(root))
    return Visitor(number, str(ip_address(address or f"127.0.0.{number}")), scheme, root)


class Log:
    """What happened in one check, whoever of its visitors did it."""

    def __init__(self) -> None:
        self.exchanges: list[dict[str, Any]] = []
        self.visitors = 1
        self._sent = 0
        self._waited = 0.0
        self._note = ""

    def count(self, requests: int) -> None:
        """Note that so many are about to be sent; raises ValueError for too many."""
        if self._sent + requests > EXCHANGES:
            raise ValueError(wording.too_many_exchanges(EXCHANGES))
        self._sent += requests

    def add(self, request: Request, response: Response, who: str, how: str = "") -> None:
        """Keep an exchange; whose it is and when it was sent, where that is worth a word."""
        note = ""
        if who or how or self._note:
            note = "; ".join(part for part in (who, self._note, how) if part)
            self._note = ""
        self.exchanges.append(exchange(request, response, note))

    def wait(self, seconds: float, asking: bool) -> None:
        """Note that a check is about to wait, or to ask for so long; ValueError for too long."""
        if not seconds >= 0 or self._waited + seconds > WAITED_SECONDS + 1e-9:
            raise ValueError(wording.waits_too_long(seconds, WAITED_SECONDS))
        self._waited += seconds
        self._note = wording.within(seconds) if asking else wording.waited(seconds)

    def forget(self, exchanges: int, seconds: float) -> None:
        """Keep only so many exchanges: the others did not show yet what is asked for."""
        del self.exchanges[exchanges:]
        self._note = wording.within(seconds)
