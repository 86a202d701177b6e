"""Drive a WSGI application in this process, as a conforming server would (PEP 3333)."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.validate import validator

from .messages import ProtocolError, Request, Response, respond, server_error


class WSGIDriver:
    """Calls the application once a request, inside `wsgiref.validate`."""

    kind = "wsgi"

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app: Any = validator(app)

    def __call__(self, request: Request) -> Response:
        answer = _Answer()
        try:
            chunks = self._app(environ(request), answer.start)
            try:
                for chunk in chunks:
                    answer.write(chunk)
            finally:
                chunks.close()
        except AssertionError as error:
            if _raised_by_validator(error):
                raise ProtocolError(f"the application breaks WSGI: {error}") from None
            traceback.print_exc()
            return server_error(request)
        except Exception:
            traceback.print_exc()
            return server_error(request)
        if answer.status is None:
            raise ProtocolError("the application breaks WSGI: it never called start_response")
        code, _, reason = answer.status.partition(" ")
        return respond(request, int(code), reason, answer.headers, bytes(answer.body))

    def close(self) -> None:
        """Nothing to end: WSGI has no shutdown."""


class _Answer:
    """The server's side of ``start_response``."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.headers: list[tuple[str, str]] = []
        self.body = bytearray()

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        if exc_info and self.body:
            raise exc_info[1].with_traceback(exc_info[2])
        if self.status is not None and not exc_info:
            raise ProtocolError("the application breaks WSGI: it called start_response twice")
        self.status, self.headers = status, list(headers)
        return self.write

    def write(self, chunk: bytes) -> None:
        if self.status is None:
            raise ProtocolError("the application breaks WSGI: a body before start_response")
        self.body += chunk


def environ(request: Request) -> dict[str, Any]:
    """The environ of one request, every key that PEP 3333 demands."""
    values: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name in request.headers:
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        values[key] = joint.join(request.headers.get_all(name))
    return values


def _raised_by_validator(error: AssertionError) -> bool:
    """Whether the rules were broken, and not an ``assert`` of the application's own."""
    frames = list(traceback.walk_tb(error.__traceback__))
    last = frames[-1][0].f_globals.get("__name__") if frames else None
    return isinstance(error, ProtocolError) or last == "wsgiref.validate"
