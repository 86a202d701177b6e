"""Drive an ASGI application in this process, lifespan included (ASGI 3.0, HTTP spec 2.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from .. import wording
from ..http.messages import Request, Response
from .asgi_call import ASGIApp, Call
from .driver import Answer
from .loop import Loop

_SETTLING_SECONDS = 0.02
"""After its response an application has so long to end, as it does while an answer is on its way to
a client: who cleans up in a thread is done before the next request. What takes longer goes on."""
_SHUTDOWN_SECONDS = 2.0


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
        """The response, as soon as it is complete: what the application still does goes on."""
        call = self._begin(request)
        self._loop.run(call.ended)
        self._settle(call)
        return call.response()

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once."""
        calls = [self._begin(request) for request in requests]
        for call in calls:
            self._loop.run(call.ended)
        self._settle(*calls)
        return [call.answer() for call in calls]

    def _begin(self, request: Request) -> Call:
        call = Call(request, self._loop.future())
        call.task = self._loop.start(call.over(self._app, self._scope(request)))
        return call

    def _settle(self, *calls: Call) -> None:
        if left := [call.task for call in calls if not call.task.done()]:
            self._loop.run(asyncio.wait(left, timeout=_SETTLING_SECONDS))

    def wait(self, seconds: float) -> None:
        """Let time pass for what the application left running."""
        self._loop.wait(seconds)

    def close(self) -> None:
        """Send the shutdown event, and end the loop."""
        shutdown = self._loop.start(self._lifespan.shutdown())
        self._loop.run(asyncio.wait({shutdown}, timeout=_SHUTDOWN_SECONDS))
        self._loop.close()

    def _scope(self, request: Request) -> dict[str, Any]:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": request.scheme,
            "path": unquote(request.path),
            "raw_path": request.path.encode("ascii"),
            "query_string": request.query.encode("ascii"),
            "root_path": request.root,
            "headers": [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in request.headers.fields
            ],
            "client": (request.address, 50000),
            "server": ("localhost", 443 if request.scheme == "https" else 80),
            "state": self._state.copy(),
        }


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
