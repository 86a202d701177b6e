"""Ask for many addresses at once, two of one host at a time, as its robots.txt allows."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import ssl
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin, urlsplit

from .. import notes
from ..model import MAX_DELAY, Answer, Page, Rule, Target
from . import fetch, fields, guard
from .body import unpacked
from .connection import Broken, Connection, Raw
from .reader import Reader, UnreadableError

PER_HOST = 2
AT_ONCE = 64
"""So many requests are under way at once, of all hosts together."""
HOST_SECONDS = 300.0
"""All the time that requests to one host may take in one run."""
UNREADABLE = 2
"""After so many pages of one host that cannot be read, no more of its pages are."""
WITNESSES = 5
"""So many hosts are asked whether there is a network."""

_NO_ANSWER = (Broken, guard.RefusedError, guard.UnresolvedError)
_REDIRECTS = 5
"""RFC 9309, section 2.3.1.2."""
_ROBOTS_BYTES = 512 * 1024
"""More of a robots.txt is not read; RFC 9309, section 2.5, asks for at least 500 kibibytes."""


class Crawl:
    """Hosts, their turns and their rules, for one run: an asynchronous context manager.

    Args:
        agent: the User-Agent field.
        allowed: hosts, as ``host:port``, that may be anywhere and have any port.
        context: what decides which certificates are trusted; the system's by default.
    """

    def __init__(
        self, agent: str, allowed: Collection[str] = (), context: ssl.SSLContext | None = None
    ) -> None:
        self._agent = agent
        self._allowed = allowed
        self._context = context or ssl.create_default_context()
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(AT_ONCE)
        self.reader = Reader()
        self.heard = 0
        """How many responses have come, of any host."""
        self._answering: dict[str, None] = {}
        """The hosts that have answered, the last one last."""

    async def __aenter__(self) -> Crawl:
        return self

    async def __aexit__(self, *error: object) -> None:
        """End every connection, and the process that reads."""
        self.reader.close()
        for host in self._hosts.values():
            with contextlib.suppress(Exception):
                await host.connection.close()

    async def run(self, targets: Iterable[Target], done: Callable[[Target, Answer], None]) -> None:
        """Ask for every target; ``done`` hears of each as soon as it is known."""

        async def ask(target: Target) -> None:
            try:
                answer = await fetch.fetch(target, self)
            except Exception as error:  # whatever it is, it is about this address alone
                strange = notes.strange(type(error).__name__)
                answer = Answer(target.url, error=strange, unknown=True)
            done(target, answer)

        # Names that are looked up slowly must not keep others waiting.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE))
        async with asyncio.TaskGroup() as group:
            for target in targets:
                group.create_task(ask(target))

    async def is_anybody_there(self, urls: Iterable[str]) -> bool:
        """Whether a host answers now, whatever it says: one that did before, or one of these."""
        before = self.heard
        hosts = dict.fromkeys(reversed(self._answering))
        for url in itertools.islice(urls, WITNESSES):
            with contextlib.suppress(guard.RefusedError):
                hosts[self._host(url).name] = None
        for name in [*hosts][:WITNESSES]:
            with contextlib.suppress(Exception):
                at = f"{name}/robots.txt"
                await self._request(self._host(at), "HEAD", at, {}, fetch.HEAD_SECONDS)
            if self.heard > before:
                return True
        return False

    async def read_json(self, urls: Iterable[str], seconds: float) -> dict[str, dict[str, Any]]:
        """The JSON objects that addresses answer within so many seconds, by address; other answers
        are left out."""

        async def ask(url: str) -> None:
            with contextlib.suppress(Exception):  # it answers, or it does not
                host = self._host(url)
                raw = await self._request(host, "GET", url, {}, fetch.TOTAL_SECONDS)
                reply = json.loads(unpacked(raw.body, raw.field("content-encoding"))[0])
                if isinstance(reply, dict):
                    replies[url] = reply

        replies: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.gather(*map(ask, urls))
        return replies

    async def ask(self, method: str, url: str, sent: dict[str, str], seconds: float) -> Raw:
        """One request, when its host allows it and is ready for it."""
        host = self._host(url)
        async with host.learning:
            if not host.known:
                await self._learn(host, url)
                host.known = True
        if host.barred:
            raise fetch.RobotsError(host.barred)
        if not (await self._rule(host, url)).allowed:
            raise fetch.RobotsError(notes.ROBOTS)
        return await self._request(host, method, url, sent, seconds)

    async def read(self, url: str, raw: Raw, names: Collection[str]) -> Page:
        """The page in a response. A host whose pages cost the reader its life is read no more."""
        host = self._host(url)
        kind, packed = (raw.field(name)[:500] for name in ("content-type", "content-encoding"))
        async with host.reading:
            if host.unreadable >= UNREADABLE:
                raise UnreadableError(notes.unreadable(notes.MANY_UNREADABLE))
            try:
                return await self.reader.page(raw.body, names, kind, packed)
            except UnreadableError:
                host.unreadable += 1
                raise

    def _host(self, url: str) -> _Host:
        name, port = guard.endpoint(url)
        bare = f"[{name}]" if ":" in name else name
        key = f"{urlsplit(url).scheme}://{bare}:{port}"
        if key not in self._hosts:
            connection = Connection(self._context, self._agent, self._allowed, PER_HOST)
            self._hosts[key] = _Host(key, connection)
        return self._hosts[key]

    async def _request(
        self, host: _Host, method: str, url: str, sent: dict[str, str], seconds: float
    ) -> Raw:
        """One request in its turn; other hosts do not wait for the pause that this one wants."""
        loop = asyncio.get_running_loop()
        async with host.turns:
            if host.spent > HOST_SECONDS:
                raise fetch.TiredError(notes.tired(HOST_SECONDS))
            async with self._all:
                started = loop.time()
                try:
                    raw = await host.connection.ask(method, url, sent, seconds)
                finally:
                    host.spent += loop.time() - started
            self.heard += 1
            self._answering.pop(host.name, None)
            self._answering[host.name] = None
            if host.delay:
                await asyncio.sleep(host.delay)
            return raw

    async def _rule(self, host: _Host, url: str) -> Rule:
        """What a host's robots.txt says of an address."""
        if host.rules is None:
            return Rule(True)
        try:
            rule = await self.reader.rule(host.rules, url)
        except UnreadableError:
            host.barred = notes.NO_RULES  # what cannot be read once is not read again
            raise fetch.RobotsError(notes.NO_RULES) from None
        host.delay = rule.delay if 0 < rule.delay <= MAX_DELAY else 0.0
        return rule

    async def _learn(self, host: _Host, url: str) -> None:
        """Read a host's robots.txt. A host that does not answer at all has none: the page will
        tell. One that cannot say what it allows allows nothing (RFC 9309, section 2.3.1.4)."""
        try:
            raw = await self._robots(host, url)
        except _NO_ANSWER:
            return
        except Exception:  # it answers in no way that can be read
            host.barred = notes.NO_RULES
            return
        if raw is not None and raw.code >= 500:
            host.barred = notes.ROBOTS
        elif raw is not None and raw.code == 200:
            content, doubt = unpacked(raw.body, raw.field("content-encoding"))
            host.rules = content[:_ROBOTS_BYTES]
            host.barred = notes.NO_RULES if doubt and not content else ""

    async def _robots(self, host: _Host, url: str) -> Raw | None:
        """What comes of asking for a robots.txt; None where another host is to have it."""
        at = urljoin(url, "/robots.txt")
        for _ in range(_REDIRECTS):
            raw = await self._request(host, "GET", at, {}, fetch.TOTAL_SECONDS)
            location = raw.field("location")
            if not (300 <= raw.code < 400 and location):
                break
            following = fields.following(at, location)
            if following is None or urlsplit(following).netloc != urlsplit(url).netloc:
                return None
            at = following
        return raw


class _Host:
    """One host: its connections, its turns, its rules, and what it has cost."""

    def __init__(self, name: str, connection: Connection) -> None:
        self.name = name
        """Scheme, name and port."""
        self.connection = connection
        self.turns = asyncio.Semaphore(PER_HOST)
        self.learning = asyncio.Lock()
        self.reading = asyncio.Lock()
        """So that one host's pages never stand in a row before another's."""
        self.known = False
        """Whether its rules are known."""
        self.barred = ""
        """Why it is asked for nothing, in words."""
        self.rules: bytes | None = None
        self.delay = 0.0
        """Seconds that it wants between two requests."""
        self.spent = 0.0
        """Seconds that requests to it have taken."""
        self.unreadable = 0
        """How many of its pages could not be read."""
