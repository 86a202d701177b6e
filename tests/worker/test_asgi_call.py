"""One request at an ASGI application: its body in pieces, its answer, and what goes on after it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from applications import body, start

from fieldguide.worker.http.client import Client


def test_a_long_body_arrives_in_pieces(asgi: Callable[..., Client]) -> None:
    async def whole(scope: Any, receive: Any, send: Any) -> None:
        lengths: list[int] = []
        more = True
        while more:
            event = await receive()
            lengths.append(len(event["body"]))
            more = event["more_body"]
        await start(send)
        await body(send, str(lengths).encode())

    client = asgi(whole)
    assert client.post("/", body=b"x" * 150_000).json() == [65_536, 65_536, 18_928]
    assert client.post("/", body=b"x" * 65_536).json() == [65_536]
    assert client.post("/").json() == [0]


def test_who_ignores_that_there_is_more_reads_a_part(asgi: Callable[..., Client]) -> None:
    async def first(scope: Any, receive: Any, send: Any) -> None:
        event = await receive()
        await start(send)
        await body(send, str(len(event["body"])).encode())

    assert asgi(first).post("/", body=b"x" * 150_000).json() == 65_536


def test_an_answer_comes_before_what_the_application_does_after_it(
    asgi: Callable[..., Client],
) -> None:
    """As a server does: it sends the answer, and Starlette's background task goes on after it."""
    jobs: list[str] = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        state = ", ".join(jobs).encode()
        await start(send)
        await body(send, state)
        if scope["method"] == "POST":
            jobs.append("begun")
            await asyncio.sleep(0.3)
            jobs.append("done")

    client, begin = asgi(answer), time.perf_counter()
    client.post("/")
    assert time.perf_counter() - begin < 0.25
    assert client.get("/").text == "begun"
    client.wait(0.4)
    assert client.get("/").text == "begun, done"


def test_what_cleans_up_in_a_moment_is_done_before_the_next_request(
    asgi: Callable[..., Client],
) -> None:
    closed: list[int] = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await body(send, str(len(closed)).encode())
        await asyncio.to_thread(closed.append, 1)

    client = asgi(answer)
    assert [client.get("/").text for _ in range(3)] == ["0", "1", "2"]


def test_what_is_raised_after_the_answer_is_told_and_harms_nothing(
    asgi: Callable[..., Client], capfd: pytest.CaptureFixture[str]
) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await body(send, b"whole")
        await asyncio.sleep(0.05)
        raise RuntimeError("late")

    client = asgi(answer)
    assert client.get("/").text == "whole"
    client.wait(0.1)
    assert client.get("/").text == "whole"
    assert capfd.readouterr().err.count("RuntimeError: late") == 1
