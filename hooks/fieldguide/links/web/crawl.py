"""Ask for many addresses at once, two of one host at a time, as its robots.txt allows."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from .. import notes
from ..model import Answer, Target
from . import guard
from .fetch import Broken, Connection, Raw, RobotsError, fetch
from .robots import MAX_BYTES, Robots

PER_HOST = 2
AT_ONCE = 64
"""So many requests are under way at once, of all hosts together."""

_NO_ANSWER = (Broken, guard.RefusedError, guard.UnresolvedError)
_REDIRECTS = 5
"""RFC 9309, section 2.3.1.2."""


class Crawl:
    """Hosts, their turns and their rules, for one run.

    Args:
        agent: the User-Agent field.
        allowed: hosts, as ``host:port``, that may be anywhere and have any port.
        context: what decides which certificates are trusted; the system's by default.
    """

    def __init__(
        self,
        agent: str,
        allowed: Collection[str] = (),
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._agent = agent
        self._allowed = allowed
        self._context = context or ssl.create_default_context()
        self._hosts: dict[str, _Host] = {}
        self._all = asyncio.Semaphore(AT_ONCE)

    async def run(self, targets: Iterable[Target], done: Callable[[Target, Answer], None]) -> None:
        """Ask for every target; ``done`` hears of each as soon as it is known."""

        async def ask(target: Target) -> None:
            done(target, await fetch(target, self._ask, asyncio.sleep))

        try:
            async with asyncio.TaskGroup() as group:
                for target in targets:
                    group.create_task(ask(target))
        finally:
            await self._close()

    async def read_json(self, urls: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The JSON objects that addresses answer, by address; other answers are left out."""

        async def ask(url: str) -> None:
            with contextlib.suppress(*_NO_ANSWER, RobotsError, ValueError):
                host = self._host(url)
                reply = json.loads((await host.ask("GET", url, {})).body)
                if isinstance(reply, dict):
                    replies[url] = reply

        replies: dict[str, dict[str, Any]] = {}
        try:
            await asyncio.gather(*map(ask, urls))
        finally:
            await self._close()
        return replies

    async def _close(self) -> None:
        await asyncio.gather(*(host.connection.close() for host in self._hosts.values()))

    async def _ask(self, method: str, url: str, fields: dict[str, str]) -> Raw:
        """One request, when its host allows it and is ready for it."""
        host = self._host(url)
        async with host.learning:
            if host.robots is None:
                host.robots = await self._robots(host, url)
        if not host.robots.allows(url):
            raise RobotsError(notes.ROBOTS)
        return await host.ask(method, url, fields)

    def _host(self, url: str) -> _Host:
        name, port = guard.endpoint(url)
        key = f"{urlsplit(url).scheme}://{name}:{port}"
        if key not in self._hosts:
            connection = Connection(self._context, self._agent, self._allowed, PER_HOST)
            self._hosts[key] = _Host(connection, self._all)
        return self._hosts[key]

    async def _robots(self, host: _Host, url: str) -> Robots:
        """The rules of a host. One that does not answer at all has none: the page will tell."""
        at = urljoin(url, "/robots.txt")
        try:
            for _ in range(_REDIRECTS):
                raw = await host.ask("GET", at, {})
                location = raw.headers.get("location")
                if not (300 <= raw.code < 400 and location):
                    break
                following = urljoin(at, location)
                if urlsplit(following).netloc != urlsplit(url).netloc:
                    return Robots(None)
                at = following
        except _NO_ANSWER:
            return Robots(None)
        if raw.code >= 500:
            return Robots(None, reachable=False)
        return Robots(raw.body[:MAX_BYTES].decode("utf-8", "replace") if raw.code == 200 else None)


class _Host:
    """The turns of one host."""

    def __init__(self, connection: Connection, all_hosts: asyncio.Semaphore) -> None:
        self.connection = connection
        self.learning = asyncio.Lock()
        self.robots: Robots | None = None
        self._own = asyncio.Semaphore(PER_HOST)
        self._all_hosts = all_hosts

    async def ask(self, method: str, url: str, fields: dict[str, str]) -> Raw:
        """One request in its turn."""
        async with self._own, self._all_hosts:
            raw = await self.connection.ask(method, url, fields)
            if self.robots is not None and self.robots.delay:
                await asyncio.sleep(self.robots.delay)
            return raw
