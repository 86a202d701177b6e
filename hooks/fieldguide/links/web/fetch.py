"""Ask for one address, politely and within bounds: an `Answer` comes back, whatever happens."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import httpx

from .. import notes
from ..model import Answer, Target
from . import guard, page

MAX_BYTES = 2 * 1024 * 1024
"""More of a page is not read; what was read by then is looked at."""
MAX_REDIRECTS = 8
CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 30.0
"""All the time that one request may take, its redirects not counted."""
MAX_WAIT_SECONDS = 30.0
"""A longer Retry-After is not waited for."""
RETRIES = 2

_COULD_NOT = (401, 403, 407, 429, 451, 999)
"""Says something of us, not of the page. 999 is LinkedIn's."""
_NO_HEAD = (400, 403, 404, 405, 406, 500, 501, 503)
"""Many servers answer HEAD like this and GET well, so GET has the last word."""
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_HTML = ("text/html", "application/xhtml+xml")

Ask = Callable[[str, str, dict[str, str]], Awaitable["Raw"]]


@dataclass(frozen=True, slots=True)
class Raw:
    """One response, its body read up to the bound."""

    code: int
    headers: httpx.Headers
    body: bytes = b""


class Broken(Exception):  # noqa: N818
    """No response came; says why, in words for a person."""


async def fetch(target: Target, ask: Ask, sleep: Callable[[float], Awaitable[None]]) -> Answer:
    """What comes of asking for a target.

    Args:
        ask: sends one request (method, address, header fields), in the host's turn.
        sleep: waits so many seconds.
    """
    url, permanent, hops = target.url, True, 0
    seen = {url}
    while True:
        try:
            raw = await _respond(url, target, ask, sleep)
        except guard.RefusedError as error:
            return Answer(url, error=str(error), refused=True)
        except guard.UnresolvedError as error:
            return Answer(url, error=str(error))
        except RobotsError as error:
            return Answer(url, error=str(error), unknown=True)
        except Broken as error:
            return Answer(url, error=str(error))
        location = raw.headers.get("location")
        if raw.code not in _REDIRECTS or not location:
            break
        permanent = permanent and raw.code in _PERMANENT
        url, hops = urldefrag(urljoin(url, location)).url, hops + 1
        if url in seen:
            return Answer(url, raw.code, error=notes.CIRCLE)
        if hops > MAX_REDIRECTS:
            return Answer(url, raw.code, error=notes.redirects(MAX_REDIRECTS))
        seen.add(url)
    kept = {name: raw.headers[name] for name in ("etag", "last-modified") if name in raw.headers}
    return Answer(
        url,
        raw.code,
        permanent=permanent and hops > 0,
        page=page.read(raw.body) if raw.body and _is_html(raw) else None,
        headers=kept,
        unknown=raw.code in _COULD_NOT,
    )


class RobotsError(Exception):
    """The host does not want robots there."""


async def _respond(
    url: str, target: Target, ask: Ask, sleep: Callable[[float], Awaitable[None]]
) -> Raw:
    """The response to one address: to HEAD, where that says enough, else to GET."""
    known: dict[str, str] = {}
    if url == target.url and not target.fragments:
        if target.etag:
            known["If-None-Match"] = target.etag
        if target.last_modified:
            known["If-Modified-Since"] = target.last_modified
    reads = bool(target.resources or target.fragments)
    if not known:
        raw = await _patiently("HEAD", url, {}, ask, sleep)
        wanted = reads and raw.code == 200 and _is_html(raw)
        if not wanted and raw.code not in _NO_HEAD:
            return raw
    return await _patiently("GET", url, known, ask, sleep)


async def _patiently(
    method: str,
    url: str,
    fields: dict[str, str],
    ask: Ask,
    sleep: Callable[[float], Awaitable[None]],
) -> Raw:
    """A response; asked for again where the host says when, or where the connection broke."""
    for attempt in range(RETRIES + 1):
        try:
            raw = await ask(method, url, fields)
        except Broken:
            if attempt == RETRIES:
                raise
            await sleep(0.5 * 2**attempt)
            continue
        if raw.code not in (429, 503) or attempt == RETRIES:
            break
        wait = _retry_after(raw.headers.get("retry-after", ""))
        if wait is None or wait > MAX_WAIT_SECONDS:
            break
        await sleep(wait)
    return raw


def _retry_after(value: str) -> float | None:
    """Seconds, from a number or a date (RFC 9110, section 10.2.3)."""
    if value.strip().isdigit():
        return float(value)
    from email.utils import parsedate_to_datetime
    from time import time

    try:
        return max(parsedate_to_datetime(value).timestamp() - time(), 0.0)
    except (TypeError, ValueError):
        return None


def _is_html(raw: Raw) -> bool:
    return raw.headers.get("content-type", "").partition(";")[0].strip().lower() in _HTML


class Connection:
    """Requests to one host. Its connections are used for no other, so a certificate that was
    accepted for one name never serves another at the same address."""

    def __init__(
        self, context: ssl.SSLContext, agent: str, allowed: Collection[str], at_once: int
    ) -> None:
        self._allowed = allowed
        self._client = httpx.AsyncClient(
            verify=context,
            trust_env=False,  # neither proxies nor the credentials of a .netrc
            follow_redirects=False,
            timeout=httpx.Timeout(CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=at_once, keepalive_expiry=10),
            headers={
                "User-Agent": agent,
                "Accept": "text/html,*/*;q=0.5",
                "Accept-Encoding": "gzip",
            },
        )

    async def ask(self, method: str, url: str, fields: dict[str, str]) -> Raw:
        """One response; raises `Broken`, `guard.RefusedError` or `guard.UnresolvedError`."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                return await self._ask(method, url, fields)
        except TimeoutError:
            raise Broken(notes.silent(TOTAL_SECONDS)) from None
        except httpx.TimeoutException:
            raise Broken(notes.silent(CONNECT_SECONDS)) from None
        except httpx.InvalidURL:
            raise guard.RefusedError(notes.NO_ADDRESS) from None
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise Broken(_words(error)) from None

    async def _ask(self, method: str, url: str, fields: dict[str, str]) -> Raw:
        address = await guard.resolve(url, self._allowed)
        asked = httpx.URL(url)
        self._client.cookies.clear()  # nothing that a host left with us goes back to it
        request = self._client.build_request(
            method,
            asked.copy_with(host=address),  # the one that was looked at, not a second lookup's
            headers={"Host": asked.netloc.decode("ascii"), **fields},
            extensions={"sni_hostname": asked.host},
        )
        response = await self._client.send(request, stream=True)
        body = bytearray()
        try:
            if method == "GET":
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) >= MAX_BYTES:
                        break
        finally:
            await response.aclose()
        content = _unpacked(bytes(body[:MAX_BYTES]), response.headers.get("content-encoding", ""))
        return Raw(response.status_code, response.headers, content)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()


def _unpacked(body: bytes, encoding: str) -> bytes:
    """A body as it was before it was packed, at most `MAX_BYTES` of it: few bytes can hold many."""
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        return body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _words(error: Exception) -> str:
    message = str(error)
    if "CERTIFICATE" in message.upper() or "SSL" in message.upper():
        return notes.certificate(message.rpartition("] ")[2].rpartition(" (_ssl")[0] or message)
    if isinstance(error, httpx.ConnectError):
        return notes.NO_CONNECTION
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return notes.CUT
    return message or type(error).__name__
