"""Clients of WSGI applications, without any server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldguide.worker.drivers.wsgi import WSGIDriver
from fieldguide.worker.http.client import Client


def wsgi(app: Callable[..., Any]) -> Client:
    return Client(WSGIDriver(app))


def fixed(*fields: tuple[str, str], body: Any = (b"x",), status: str = "200 OK") -> Client:
    """A client of an application that always answers the same."""

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        start_response(status, list(fields))
        return list(body)

    return wsgi(app)
