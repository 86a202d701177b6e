"""Requests to one host, within bounds, to the address that was looked at."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Collection
from dataclasses import dataclass

import httpx

from .. import notes
from . import guard
from .body import MAX_BYTES

CONNECT_SECONDS = 10.0
"""For a connection, and for each part of a response."""


@dataclass(frozen=True, slots=True)
class Raw:
    """One response, its body read up to a byte more than `MAX_BYTES`."""

    code: int
    headers: httpx.Headers
    body: bytes = b""

    def field(self, name: str) -> str:
        """The first field of that name; nothing where there is none."""
        return next(iter(self.headers.get_list(name)), "")


class Broken(Exception):  # noqa: N818
    """No response came; says why, in words for a person."""


class Connection:
    """Requests to one host. Its connections are used for no other, so a certificate that was
    accepted for one name never serves another at the same address.

    This is the transport of httpx without its client, which would read cookies and redirects, and
    knows proxies and a ``.netrc``.
    """

    def __init__(
        self, context: ssl.SSLContext, agent: str, allowed: Collection[str], at_once: int
    ) -> None:
        self._allowed = allowed
        self._fields = {
            "User-Agent": agent,
            "Accept": "text/html,*/*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        self._transport = httpx.AsyncHTTPTransport(
            verify=context,
            trust_env=False,
            limits=httpx.Limits(max_connections=at_once, keepalive_expiry=10),
        )

    async def ask(self, method: str, url: str, fields: dict[str, str], seconds: float) -> Raw:
        """One response within so many seconds, the look-up of the name not counted.

        Raises `Broken`, `guard.RefusedError` or `guard.UnresolvedError`.
        """
        address = await guard.resolve(url, self._allowed)
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(method, url, address, fields)
        except TimeoutError:
            raise Broken(notes.silent(seconds)) from None
        except httpx.TimeoutException:
            raise Broken(notes.silent(CONNECT_SECONDS)) from None
        except httpx.InvalidURL:
            raise guard.RefusedError(notes.NO_ADDRESS) from None
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise Broken(_words(error)) from None

    async def _ask(self, method: str, url: str, address: str, fields: dict[str, str]) -> Raw:
        asked, (_, port) = httpx.URL(url), guard.endpoint(url)
        request = httpx.Request(
            method,
            asked.copy_with(host=address, port=port),  # what was looked at, by the same reading
            headers={"Host": asked.netloc.decode("ascii"), **self._fields, **fields},
            extensions={
                "sni_hostname": asked.host,
                "timeout": httpx.Timeout(CONNECT_SECONDS).as_dict(),
            },
        )
        response = await self._transport.handle_async_request(request)
        body = bytearray()
        try:
            if method == "GET":
                async for chunk in response.aiter_raw():
                    body += chunk
                    if len(body) > MAX_BYTES:
                        break
        finally:
            await response.aclose()
        return Raw(response.status_code, response.headers, bytes(body[: MAX_BYTES + 1]))

    async def close(self) -> None:
        """Close its connections."""
        await self._transport.aclose()


def _words(error: Exception) -> str:
    message = str(error)
    if "CERTIFICATE" in message.upper() or "SSL" in message.upper():
        return notes.certificate(message.rpartition("] ")[2].rpartition(" (_ssl")[0] or message)
    if isinstance(error, httpx.ConnectError):
        return notes.NO_CONNECTION
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return notes.CUT
    return message or type(error).__name__
