"""Small applications of WSGI and ASGI, and clients of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import ProtocolError

TEXT = ("Content-Type", "text/plain")


def broken(client: Client, target: str = "/", method: str = "get") -> str:
    """Why an exchange is refused, in one plain line."""
    with pytest.raises(ProtocolError) as caught:
        getattr(client, method)(target)
    text = str(caught.value)
    assert "\n" not in text
    return text


async def start(send: Any, status: Any = 200, *fields: Any) -> None:
    await send({"type": "http.response.start", "status": status, "headers": fields})


async def body(send: Any, content: Any = b"", more: bool = False) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": more})


class Lifespan:
    """An application that keeps what happened to it."""

    def __init__(self, startup: str = "complete") -> None:
        self.startup = startup
        self.happened: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.happened.append("request")
            scope["state"]["count"] = scope["state"].get("count", 0) + 1
            await start(send)
            await body(send, json.dumps(scope["state"]).encode())
            return
        scope["state"]["name"] = "shared"
        for event in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{event}"
            self.happened.append(event)
            outcome = self.startup if event == "startup" else "complete"
            await send({"type": f"lifespan.{event}.{outcome}", "message": "no database"})
