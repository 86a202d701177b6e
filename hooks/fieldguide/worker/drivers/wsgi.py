"""Drive a WSGI application in this process, as a conforming server would (PEP 3333)."""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.validate import validator

from .. import wording
from ..http.messages import ProtocolError, Request, Response, respond, server_error
from .driver import Answer, in_threads

_STATUS = re.compile("(?P<code>[0-9]{3})(?: (?P<reason>.*))?", re.DOTALL)
_SHORT = 200
"""Characters of a status in a message."""


class WSGIDriver:
    """Calls the application once a request, inside `wsgiref.validate`.

    Two of its rules are left out. It ties Content-Type to the status, which neither PEP 3333 nor
    HTTP does and no server enforces: ``return "", 204`` sends a type, and an empty redirect may
    have none. And it refuses ``wsgi.input.read()`` without a size, which PEP 3333 allows.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, request: Request) -> Response:
        return self._exchange(request)

    def _exchange(self, request: Request, threads: bool = False) -> Response:
        answer = _Answer()
        values = environ(request, threads)
        try:
            chunks: Any = validator(_eased(self._app, answer))(values, answer.start)
            try:
                for chunk in chunks:
                    answer.write(chunk)
                answer.whole = True
            finally:
                chunks.close()
        except ProtocolError:
            raise
        except Exception as error:
            if rule := _broken_rule(error):
                raise _broken(rule) from None
            traceback.print_exc()
            if not answer.body:
                return server_error(request)
            if not answer.whole:
                raise ProtocolError(wording.raised_in_response()) from None
            # Else `close` raised, and the client has it all.
        if answer.status is None or answer.headers is None:
            raise _broken("it never called start_response")
        if (status := _STATUS.fullmatch(answer.status)) is None:
            raise _broken(f"{answer.status[:_SHORT]!r} is no status")
        reason = status["reason"] or ""
        return respond(request, int(status["code"]), reason, answer.headers, bytes(answer.body))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once, each in a thread."""
        return in_threads(lambda request: self._exchange(request, threads=True), requests)

    def wait(self, seconds: float) -> None:
        """Let time pass for the threads that the application has started."""
        time.sleep(seconds)

    def close(self) -> None:
        """Nothing to end: WSGI has no shutdown."""


def _broken(rule: str) -> ProtocolError:
    return ProtocolError(wording.breaks("WSGI", rule))


class _Answer:
    """The server's side of ``start_response``."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.headers: list[tuple[str, str]] | None = None
        self.body = bytearray()
        self.whole = False

    def start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        if exc_info and self.body:
            raise exc_info[1].with_traceback(exc_info[2])
        if self.status is not None and not exc_info:
            raise _broken("it called start_response twice")
        self.status = status
        return self.write

    def write(self, chunk: bytes) -> None:
        if self.status is None:
            raise _broken("a body before start_response")
        self.body += chunk


class _Input:
    """The validator's ``wsgi.input``, whose ``read`` demands a size."""

    def __init__(self, strict: Any) -> None:
        self._strict = strict

    def read(self, size: int | None = -1) -> Any:
        return self._strict.read(size)

    def __iter__(self) -> Any:
        return iter(self._strict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._strict, name)


def _eased(app: Callable[..., Any], answer: _Answer) -> Callable[..., Any]:
    """The application as the validator may see it, without what only the validator demands."""

    def shown(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start(*args: Any, **more: Any) -> Any:
            if len(args) < 2 or not isinstance(args[0], str) or not _pairs(args[1]):
                return start_response(*args, **more)  # it is for the validator to say what is wrong
            status, headers, *rest = args
            fields = [field for field in headers if field[0].lower() != "content-type"]
            types = [field for field in headers if field[0].lower() == "content-type"]
            if status[:3] not in ("204", "304"):
                fields += types or [("Content-Type", "text/plain")]
            write = start_response(status, fields, *rest, **more)
            answer.headers = list(headers)
            return write

        environ["wsgi.input"] = _Input(environ["wsgi.input"])
        return app(environ, start)

    return shown


def _pairs(headers: object) -> bool:
    return type(headers) is list and all(
        type(field) is tuple and [type(part) for part in field] == [str, str] for field in headers
    )


def environ(request: Request, threads: bool = False) -> dict[str, Any]:
    """The environ of one request, every key that PEP 3333 demands; ``threads`` if there are any."""
    secure = request.scheme == "https"
    values: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": request.root,
        "PATH_INFO": unquote_to_bytes(request.path.removeprefix(request.root)).decode("latin-1"),
        "QUERY_STRING": request.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443" if secure else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": request.address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": request.scheme,
        "wsgi.input": BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": threads,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if secure:
        values["HTTPS"] = "on"  # of Apache's variables for TLS, as PEP 3333 asks for
    for name in request.headers:
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        values[key] = joint.join(request.headers.get_all(name))
    return values


def _broken_rule(error: Exception) -> str | None:
    """The rule that the validator says is broken; None for an ``assert`` of the application's."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    last = frames[-1].f_globals.get("__name__") if frames else None
    if not isinstance(error, AssertionError) or last != "wsgiref.validate":
        return None
    # A few of its assertions have no words; then the method that holds one says the most.
    return str(error) or f"a wrong argument or value in {frames[-2].f_code.co_qualname}"
