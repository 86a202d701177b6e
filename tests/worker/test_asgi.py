"""ASGI applications are called as a conforming server calls them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from applications import Lifespan, body, broken, start

from fieldguide.worker.drivers.asgi import ASGIDriver
from fieldguide.worker.http.client import Client


def test_the_lifespan_runs_once() -> None:
    app = Lifespan()
    driver = ASGIDriver(app)
    client = Client(driver)
    states = [client.get("/").json() for _ in range(2)]
    driver.close()
    assert app.happened == ["startup", "request", "request", "shutdown"]
    assert states == [{"name": "shared", "count": 1}] * 2  # a copy for each request


@pytest.mark.parametrize("how", ["raises", "returns", "raises later"])
def test_no_lifespan_is_legal(how: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            if how == "raises later":
                await receive()
            if how != "returns":
                raise KeyError("lifespan")
            return
        await start(send)
        await body(send)

    driver = ASGIDriver(app)
    assert Client(driver).get("/").status == 200
    driver.close()


def test_a_shutdown_that_fails_harms_nothing() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        raise RuntimeError("late")

    ASGIDriver(app).close()


def test_the_scope(asgi: Callable[..., Client]) -> None:
    scopes: list[Any] = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)
        await start(send)
        await body(send)

    asgi(answer).get("/zoë/a%2Fb", query={"a": "ë"}, headers={"X-Name": "zo\xeb"})
    (scope,) = scopes
    assert scope["path"] == "/zoë/a/b"
    assert scope["raw_path"] == b"/zo%C3%AB/a%2Fb"
    assert scope["query_string"] == b"a=%C3%AB"
    assert (b"x-name", b"zo\xeb") in scope["headers"]
    assert (b"host", b"localhost") in scope["headers"]


def test_the_body_then_the_disconnect(asgi: Callable[..., Client]) -> None:
    events = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        events.append(await receive())
        await start(send)
        await body(send)
        events.append(await receive())

    asgi(answer).post("/", body=b"abc")
    assert events == [
        {"type": "http.request", "body": b"abc", "more_body": False},
        {"type": "http.disconnect"},
    ]


def test_a_body_in_pieces(asgi: Callable[..., Client]) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        for piece in (b"a", b"", b"b"):
            await body(send, piece, more=True)
        await send({"type": "http.response.body"})

    client = asgi(answer)
    assert client.get("/").body == b"ab"
    assert client.head("/").body == b""


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "it ended without a whole response"),
        (["start"], "it ended without a whole response"),
        (["start", "more"], "it ended without a whole response"),
        (["body"], "http.response.body out of turn"),
        (["start", "start"], "http.response.start out of turn"),
        (["start", "body", "body"], "a body after its end"),
        (["start", "body", "start"], "http.response.start out of turn"),
        (["websocket"], "websocket.accept out of turn"),
        (["text"], "is not bytes"),
        (["newline"], "has a line break"),
    ],
)
def test_broken_asgi(asgi: Callable[..., Client], events: list[str], words: str) -> None:
    acts: dict[str, Callable[[Any], Awaitable[None]]] = {
        "start": lambda send: start(send),
        "more": lambda send: body(send, b"x", more=True),
        "body": lambda send: body(send, b"x"),
        "websocket": lambda send: send({"type": "websocket.accept"}),
        "text": lambda send: start(send, 200, ("content-type", "text/plain")),
        "newline": lambda send: start(send, 200, (b"x", b"a\r\ny: b")),
    }

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        for event in events:
            await acts[event](send)
        if "newline" in events:
            await body(send)

    assert words in broken(asgi(answer))


@pytest.mark.parametrize(("when", "status"), [("before", 500), ("after", 200)])
def test_an_exception_in_asgi(asgi: Callable[..., Client], when: str, status: int) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if when == "after":
            await start(send)
            await body(send, b"whole")
        raise RuntimeError("secret")

    response = asgi(answer).get("/")
    assert response.status == status
    assert b"secret" not in response.body


def test_an_own_500_then_the_exception(asgi: Callable[..., Client]) -> None:
    """Starlette answers, then raises again, so that the server can log it."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send, 500)
        await body(send, b"Sorry")
        raise RuntimeError("secret")

    assert asgi(answer).get("/").body == b"Sorry"


def test_an_exception_in_the_middle(asgi: Callable[..., Client]) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await body(send, b"a part", more=True)
        raise RuntimeError("secret")

    assert broken(asgi(answer)) == "the application raised in the middle of its response"


@pytest.mark.parametrize("status", [200.9, "\u0662\u0660\u0660", "200", True, None])
def test_a_status_that_is_no_whole_number(asgi: Callable[..., Client], status: Any) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"x"})

    words = "the application breaks ASGI: the status is no whole number"
    assert broken(asgi(answer)) == words


@pytest.mark.parametrize("scope_type", ["lifespan", "http"])
def test_an_application_that_does_not_end_is_left_alone(scope_type: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
        else:
            await start(send)
            await body(send)
        while scope["type"] == scope_type:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue

    driver, begin = ASGIDriver(app), time.perf_counter()
    assert Client(driver).get("/").status == 200
    driver.close()
    assert time.perf_counter() - begin < 5
