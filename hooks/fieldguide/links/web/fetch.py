"""Ask for one address, politely and within bounds: an `Answer` comes back, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from .. import kept, notes
from ..model import Answer, Page, Target
from . import fields, guard, places
from .connection import Broken, Raw
from .reader import UnreadableError

MAX_REDIRECTS = 8
TOTAL_SECONDS = 30.0
"""All the time that one request may take, its redirects not counted."""
HEAD_SECONDS = 10.0
"""A host that lets HEAD hang may still answer GET."""
MAX_WAIT_SECONDS = 30.0
"""A longer Retry-After is not waited for."""
RETRIES = 2

_COULD_NOT = (401, 403, 407, 429, 451, 999)
"""Says something of us, not of the page. 999 is LinkedIn's."""
_LAST_WORD = (401, 407, 429, 451, 999)
"""What GET would say as well. Of all else that is not well, GET has the last word: many servers
answer HEAD with it and GET well."""
_PART = 206
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)


class Hosts(Protocol):
    """The hosts of the web, each in its turn."""

    async def ask(self, method: str, url: str, sent: dict[str, str], seconds: float) -> Raw:
        """One response; raises `Broken`, `RobotsError`, `TiredError`, `guard.RefusedError` or
        `guard.UnresolvedError`."""

    async def read(self, url: str, raw: Raw, names: Collection[str]) -> Page:
        """The page in a response; raises `UnreadableError`."""


class RobotsError(Exception):
    """The host does not want robots there, or cannot say whether it does."""


class TiredError(Exception):
    """The host has had all the time that there is for it."""


async def fetch(target: Target, hosts: Hosts) -> Answer:
    """What comes of asking for a target."""
    visit = _Visit(target)
    while True:
        try:
            raw = await visit.respond(hosts)
        except guard.RefusedError as error:
            return Answer(visit.url, error=str(error), refused=True)
        except (RobotsError, TiredError) as error:
            return Answer(visit.url, error=str(error), unknown=True)
        except (guard.UnresolvedError, Broken) as error:
            return Answer(visit.url, error=str(error))
        if raw.code not in _REDIRECTS or not raw.field("location"):
            return await _answer(visit, raw, hosts)
        if astray := visit.follow(raw):
            return Answer(visit.url, raw.code, error=astray)


class _Visit:
    """The way from one address, by its redirects."""

    def __init__(self, target: Target) -> None:
        self.url = target.url
        self.permanent = True
        """Whether every redirect so far was a permanent one."""
        self.hops = 0
        self.names = places.named(target.fragments)
        self.conditional = False
        """Whether the last request asked only for what is new."""
        self._target = target
        self._seen = {target.url}
        self._cookies = fields.Cookies()
        self._sends_cookies = False

    def follow(self, raw: Raw) -> str | None:
        """Go where a redirect leads; the reason, in words, where that is nowhere."""
        self._cookies.take(self.url, raw)
        following = fields.following(self.url, raw.field("location"))
        if following is None:
            return notes.NO_REDIRECT
        self.permanent = self.permanent and raw.code in _PERMANENT
        self.url, self.hops = following, self.hops + 1
        if self.url in self._seen:
            if self._sends_cookies or not self._cookies:
                return notes.CIRCLE
            # Some lead back to where one was, and hand out the page to who has their cookie.
            self._sends_cookies, self._seen = True, set()
        if self.hops > MAX_REDIRECTS:
            return notes.redirects(MAX_REDIRECTS)
        self._seen.add(self.url)
        return None

    async def respond(self, hosts: Hosts) -> Raw:
        """The response to the address: to HEAD, where that says enough, else to GET."""
        known = self._known()
        sent = {**known, **(self._cookies.fields(self.url) if self._sends_cookies else {})}
        self.conditional = bool(known)
        tries = RETRIES + 1
        if not known:
            try:
                raw = await _patiently(hosts, "HEAD", self.url, sent, 1)
                if self._says_enough(raw):
                    return raw
            except Broken:
                tries = max(tries - 1, 1)
        return await _patiently(hosts, "GET", self.url, sent, tries)

    def _says_enough(self, raw: Raw) -> bool:
        """Whether a response to HEAD makes a request for the page itself needless."""
        if raw.code in _REDIRECTS:
            return bool(raw.field("location"))
        reads = bool(self._target.resources or self.names or self.hops)
        return raw.code in _LAST_WORD or (
            raw.code == 200 and not (reads and fields.is_html(raw)) and not fields.is_challenge(raw)
        )

    def _known(self) -> dict[str, str]:
        """What asks only for what is new. What is not new cannot be searched for places."""
        if self.hops or self.names:
            return {}
        etag = kept.etag(self._target.etag or "")
        changed = kept.last_modified(self._target.last_modified or "")
        known = {"If-None-Match": etag, "If-Modified-Since": changed}
        return {name: value for name, value in known.items() if value}


async def _answer(visit: _Visit, raw: Raw, hosts: Hosts) -> Answer:
    """What the last response on the way says."""
    url, code = visit.url, raw.code
    if fields.is_challenge(raw):
        return Answer(url, code, error=notes.CHALLENGE, unknown=True)
    if code in _COULD_NOT:
        return Answer(url, code, unknown=True)
    if not (200 <= code < 300 or code >= 400 or (code == 304 and visit.conditional)):
        return Answer(url, code, error=notes.nowhere(code))
    page = None
    if fields.is_html(raw) and (raw.body or visit.names):
        try:
            page = await hosts.read(url, raw, visit.names)
        except UnreadableError as error:
            return Answer(url, code, error=str(error), unknown=True)
        if page.doubt == notes.CHALLENGE:
            return Answer(url, code, error=notes.CHALLENGE, unknown=True)
        part = notes.PART if code == _PART else "" if fields.has_end(raw) else notes.NO_END
        if part:
            page = replace(page, missing=False, doubt=page.doubt or part)
    return Answer(
        url,
        code,
        permanent=visit.permanent and visit.hops > 0,
        page=page,
        headers=fields.remembered(raw) if code == 200 else {},
    )


async def _patiently(hosts: Hosts, method: str, url: str, sent: dict[str, str], tries: int) -> Raw:
    """A response; asked for again where the host says when, or where the connection broke."""
    seconds = min(HEAD_SECONDS, TOTAL_SECONDS) if method == "HEAD" else TOTAL_SECONDS
    waits = RETRIES
    while True:
        try:
            raw = await hosts.ask(method, url, sent, seconds)
        except Broken:
            tries -= 1
            if tries <= 0:
                raise
            await asyncio.sleep(0.5 * 2 ** (RETRIES - tries))
            continue
        wait = fields.retry_after(raw.field("retry-after")) if raw.code in (429, 503) else None
        if wait is None or wait > MAX_WAIT_SECONDS or waits == 0:
            return raw
        waits -= 1
        await asyncio.sleep(wait)
