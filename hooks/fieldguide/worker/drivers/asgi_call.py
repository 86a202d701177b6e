"""One request at an ASGI application: what it is sent, what it answers, what it does after that."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from .. import wording
from ..http.messages import HOP_BY_HOP, ProtocolError, Request, Response, respond, server_error
from .driver import Answer

PIECE = 64 * 1024
"""A body arrives in pieces of this length, as from a server."""

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


class Call:
    """An application at work on one request; the server's side of ``receive`` and ``send``.

    Args:
        request: what the application is sent.
        ended: is done as soon as the response is complete, or the application has ended.
    """

    task: asyncio.Task[None]
    """Runs `over`."""

    def __init__(self, request: Request, ended: asyncio.Future[None]) -> None:
        self.ended = ended
        self._request = request
        self._read: int | None = 0
        """So many bytes of the body; None where the last piece is read."""
        self._status: int | None = None
        self._fields: list[tuple[bytes, bytes]] = []
        self._body = bytearray()
        self._complete = asyncio.Event()
        self._error: Exception | None = None

    async def over(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        """The application's work to its end, which may come long after its response."""
        try:
            await app(scope, self._receive, self._send)
        except Exception as error:
            self._error = error
            if not isinstance(error, ProtocolError) or self.ended.done():
                traceback.print_exc()
        finally:
            self._end()

    def answer(self) -> Answer:
        """The response, or what was wrong with it."""
        try:
            return self.response()
        except ProtocolError as error:
            return error

    def response(self) -> Response:
        """What the client gets, once the call has ended; raises `ProtocolError`."""
        if isinstance(self._error, ProtocolError):
            raise self._error
        complete = self._complete.is_set()
        if self._error is not None:
            if self._status is None:
                return server_error(self._request)
            if not complete:
                raise ProtocolError(wording.raised_in_response())
            # Else the client has it all: Starlette answers 500 and then lets the server log why.
        if self._status is None or not complete:
            raise _broken("it ended without a whole response")
        fields = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self._fields]
        # Unlike WSGI, ASGI lets an application name them; they end at the server.
        fields = [field for field in fields if field[0].lower() not in HOP_BY_HOP]
        return respond(self._request, self._status, "", fields, bytes(self._body))

    async def _receive(self) -> dict[str, Any]:
        if self._read is not None:
            start, end = self._read, self._read + PIECE
            body, more = self._request.body[start:end], end < len(self._request.body)
            self._read = end if more else None
            return {"type": "http.request", "body": body, "more_body": more}
        await self._complete.wait()
        return {"type": "http.disconnect"}

    async def _send(self, event: dict[str, Any]) -> None:
        event_type = event["type"]
        if event_type == "http.response.start" and self._status is None:
            status = event["status"]
            if not isinstance(status, int) or isinstance(status, bool):
                raise _broken("the status is no whole number")
            self._status = status
            self._fields = [(name, value) for name, value in event.get("headers", ())]
            for field in self._fields:
                if not all(isinstance(part, bytes) for part in field):
                    raise _broken(f"{field!r} is not bytes")
        elif event_type == "http.response.body" and self._status is not None:
            if self._complete.is_set():
                raise _broken("a body after its end")
            self._body += event.get("body", b"")
            if not event.get("more_body", False):
                self._complete.set()
                self._end()
        else:
            raise _broken(f"{event_type} out of turn")

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


def _broken(rule: str) -> ProtocolError:
    return ProtocolError(wording.breaks("ASGI", rule))
