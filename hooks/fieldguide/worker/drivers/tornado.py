"""Drive applications that bring their own server, in this process and without a socket.

A framework's driver is a class here and a line in `DRIVERS`; nothing else knows them.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from .. import wording
from ..http.messages import HOP_BY_HOP, ProtocolError, Request, Response, respond
from .driver import Answer
from .loop import Loop

_CHUNK = 64 * 1024
"""A body arrives in pieces of this length, as from Tornado's own server."""


class TornadoDriver:
    """Hands requests to ``Application.start_request``, the public seam under Tornado's server."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self._loop = Loop()

    def __call__(self, request: Request) -> Response:
        return self._loop.run(self._exchange(request))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once."""
        return self._loop.run(self._all(requests))

    async def _all(self, requests: Sequence[Request]) -> list[Answer]:
        return await asyncio.gather(*(self._answer(request) for request in requests))

    async def _answer(self, request: Request) -> Answer:
        try:
            return await self._exchange(request)
        except ProtocolError as error:
            return error

    def wait(self, seconds: float) -> None:
        """Let time pass for what the application left running."""
        self._loop.wait(seconds)

    def close(self) -> None:
        """End the loop."""
        self._loop.close()

    async def _exchange(self, request: Request) -> Response:
        from tornado.httputil import HTTPHeaders, HTTPInputError, RequestStartLine

        connection: Any = _tornado_connection(request)
        headers = HTTPHeaders()
        for name, value in request.headers.fields:
            headers.add(name, value)
        delegate = self._app.start_request(None, connection)
        start = RequestStartLine(request.method, request.target, "HTTP/1.1")
        try:
            if (waiting := delegate.headers_received(start, headers)) is not None:
                await waiting
            if connection.too_long and not connection.finished.done():
                return respond(request, 400, "", [], b"")
            for offset in range(0, len(request.body), _CHUNK):
                # An application may answer before it has read everything; the rest is dropped.
                if connection.finished.done():
                    break
                piece = request.body[offset : offset + _CHUNK]
                if (waiting := delegate.data_received(piece)) is not None:
                    await waiting
            if not connection.finished.done():
                delegate.finish()
        except HTTPInputError:
            return respond(request, 400, "", [], b"")
        except Exception:
            traceback.print_exc()
            raise ProtocolError(wording.raised_outside()) from None
        await connection.finished
        if connection.start is None:
            raise ProtocolError(wording.finished_without_response())
        # The application may name them; they end at the server.
        fields = [field for field in connection.fields if field[0].lower() not in HOP_BY_HOP]
        code, reason = connection.start.code, connection.start.reason
        return respond(request, code, reason, fields, bytes(connection.body))


def _tornado_connection(request: Request) -> Any:
    """The server's side of one Tornado request."""
    from tornado.httputil import HTTPConnection

    class Connection(HTTPConnection):  # type: ignore[misc]
        context = SimpleNamespace(remote_ip=request.address, protocol=request.scheme)
        too_long = False

        def __init__(self) -> None:
            self.start: Any = None
            self.fields: list[tuple[str, str]] = []
            self.body = bytearray()
            self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def write_headers(
            self, start_line: Any, headers: Any, chunk: bytes | None = None
        ) -> asyncio.Future[None]:
            self.start, self.fields = start_line, list(headers.get_all())
            return self.write(chunk or b"")

        def write(self, chunk: bytes) -> asyncio.Future[None]:
            self.body += chunk
            written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            written.set_result(None)
            return written

        def set_close_callback(self, callback: Any) -> None:
            """The connection never closes before its response."""

        def set_body_timeout(self, timeout: float) -> None:
            """The body is there already."""

        def set_max_body_size(self, size: int) -> None:
            self.too_long = len(request.body) > size

        def finish(self) -> None:
            if not self.finished.done():
                self.finished.set_result(None)

    return Connection()


DRIVERS = {"tornado.web.Application": TornadoDriver}
"""Drivers by the qualified name of the application's class, or of a class it inherits from."""


def driver_for(app: object) -> type[TornadoDriver] | None:
    """The driver for an application with its own server, or None for any other object."""
    for ancestor in type(app).__mro__:
        if driver := DRIVERS.get(f"{ancestor.__module__}.{ancestor.__qualname__}"):
            return driver
    return None
