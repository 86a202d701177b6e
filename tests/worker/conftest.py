"""What the tests of the worker share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fieldguide.worker.drivers.asgi import ASGIDriver
from fieldguide.worker.http.client import Client

Answer = Callable[[Any, Any, Any], Any]


@pytest.fixture(autouse=True)
def no_running_loop() -> Iterator[None]:
    """A browser that other tests drive leaves its event loop running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def asgi() -> Iterator[Callable[..., Client]]:
    """A client of an ASGI application without a lifespan; its loop is closed afterwards."""
    drivers = []

    def client(answer: Answer) -> Client:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "lifespan":
                raise NotImplementedError
            await answer(scope, receive, send)

        drivers.append(ASGIDriver(app))
        return Client(drivers[-1])

    yield client
    for driver in drivers:
        driver.close()
