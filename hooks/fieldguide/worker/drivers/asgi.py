"""Drive an ASGI application in this process, lifespan included (ASGI 3.0, HTTP spec 2.4)."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from .. import wording
from ..http.messages import HOP_BY_HOP, ProtocolError, Request, Response, respond, server_error
from .loop import Loop

ASGIApp = Callable[[Any, Any, Any], Awaitable[None]]


class ASGIDriver:
    """Starts the application's lifespan, calls it once a request, shuts it down.

    An application that raises on the lifespan scope does not support it and goes on without;
    one that answers ``lifespan.startup.failed`` is refused, as servers do.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._loop = Loop()
        self._state: dict[str, Any] = {}
        self._lifespan = _Lifespan(app, self._state)
        try:
            self._loop.run(self._lifespan.startup())
        except BaseException:
            self._loop.close()
            raise

    def __call__(self, request: Request) -> Response:
        return self._loop.run(self._exchange(request))

    def close(self) -> None:
        """Send the shutdown event, and end the loop."""
        self._loop.run(self._lifespan.shutdown())
        self._loop.close()

    async def _exchange(self, request: Request) -> Response:
        answer = _Answer(request)
        try:
            await self._app(self._scope(request), answer.receive, answer.send)
        except ProtocolError:
            raise
        except Exception:
            traceback.print_exc()
            if answer.status is None:
                return server_error(request)
            if not answer.complete.is_set():
                raise ProtocolError(wording.raised_in_response()) from None
            # Else the client has it all: Starlette answers 500 and then lets the server log why.
        if answer.status is None or not answer.complete.is_set():
            raise _broken("it ended without a whole response")
        fields = [
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.fields
        ]
        # Unlike WSGI, ASGI lets an application name them; they end at the server.
        fields = [field for field in fields if field[0].lower() not in HOP_BY_HOP]
        return respond(request, answer.status, "", fields, bytes(answer.body))

    def _scope(self, request: Request) -> dict[str, Any]:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote(request.path),
            "raw_path": request.path.encode("ascii"),
            "query_string": request.query.encode("ascii"),
            "root_path": "",
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in request.headers.fields
            ],
            "client": ("127.0.0.1", 50000),
            "server": ("localhost", 80),
            "state": self._state.copy(),
        }


def _broken(rule: str) -> ProtocolError:
    return ProtocolError(wording.breaks("ASGI", rule))


class _Answer:
    """The server's side of ``receive`` and ``send`` for one request."""

    def __init__(self, request: Request) -> None:
        self.status: int | None = None
        self.fields: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.complete = asyncio.Event()
        self._request: Request | None = request

    async def receive(self) -> dict[str, Any]:
        if self._request is not None:
            body, self._request = self._request.body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.complete.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: dict[str, Any]) -> None:
        event_type = event["type"]
        if event_type == "http.response.start" and self.status is None:
            status = event["status"]
            if not isinstance(status, int) or isinstance(status, bool):
                raise _broken("the status is no whole number")
            self.status = status
            self.fields = [(name, value) for name, value in event.get("headers", ())]
            for field in self.fields:
                if not all(isinstance(part, bytes) for part in field):
                    raise _broken(f"{field!r} is not bytes")
        elif event_type == "http.response.body" and self.status is not None:
            if self.complete.is_set():
                raise _broken("a body after its end")
            self.body += event.get("body", b"")
            if not event.get("more_body", False):
                self.complete.set()
        else:
            raise _broken(f"{event_type} out of turn")


class _Lifespan:
    """The server's side of the lifespan protocol."""

    def __init__(self, app: ASGIApp, state: dict[str, Any]) -> None:
        self._app, self._state = app, state
        self._events: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def startup(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self._state}
        self._task = asyncio.ensure_future(self._app(scope, self._events.get, self._answers.put))
        if (answer := await self._step("startup")) and answer["type"].endswith("failed"):
            raise RuntimeError(wording.startup_failed(str(answer.get("message") or "")))

    async def shutdown(self) -> None:
        if self._task is not None and not self._task.done():
            await self._step("shutdown")

    async def _step(self, event: str) -> dict[str, Any] | None:
        """Send one event; its answer, or None where the application ended instead."""
        assert self._task is not None
        self._events.put_nowait({"type": f"lifespan.{event}"})
        answer = asyncio.ensure_future(self._answers.get())
        await asyncio.wait({answer, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        answer.cancel()
        self._task.exception()  # retrieved, so that asyncio does not log it: unsupported is legal
        return None
