"""Drive an application over a real socket, under the server that serves it in production."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .. import wording
from ..http.messages import HOP_BY_HOP, ProtocolError, Request, Response, respond
from .describe import describe
from .driver import Answer, LeftOutError, answered, in_threads
from .tracing import Place

_ANSWER_SECONDS = 60.0
_STOP_SECONDS = 3.0
AT_ONCE = {"gunicorn": 1, "waitress": 4}
"""Requests that a server answers at once, started as its page says; the others have no limit."""


class SocketDriver:
    """Starts the server on a socket that is listening already, and sends it every request.

    A listening socket is handed over, so that there is no port to guess and nothing to poll: the
    first request waits in the queue until the server takes it.
    """

    def __init__(self, server: str, folder: Path, entry: str) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.set_inheritable(True)
        self._server = server
        self._port = listening.getsockname()[1]
        worker = str(Path(__file__).parents[1] / "__main__.py")
        serve = [worker, "serve", server, str(listening.fileno()), str(folder), entry]
        self._process = subprocess.Popen(
            [sys.executable, "-sPBu", *serve],
            stdin=subprocess.DEVNULL,
            pass_fds=[listening.fileno()],
        )
        listening.close()  # so that a server that ends refuses connections, instead of keeping them

    def __call__(self, request: Request) -> Response:
        source = _source(request)
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=_ANSWER_SECONDS, source_address=source
        )
        try:
            connection.putrequest(
                request.method, request.target, skip_host=True, skip_accept_encoding=True
            )
            for name, value in request.headers.fields:
                connection.putheader(name, value)
            # A server that refuses a body may answer and close before it has read all of it.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.endheaders(request.body or None)
            answer, body = _answer(connection)
        except (OSError, http.client.HTTPException) as error:
            status = self._status() if isinstance(error, ConnectionError) else None
            raise ProtocolError(wording.no_answer_of_server(error, status)) from None
        finally:
            connection.close()
        fields = [(name, value) for name, value in answer.getheaders()]
        fields = [field for field in fields if field[0].lower() not in HOP_BY_HOP]
        return respond(request, answer.status, answer.reason, fields, body)

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers to requests that are under way at once, as many as the server takes."""
        most = AT_ONCE.get(self._server, len(requests))
        if len(requests) > most:
            raise LeftOutError(wording.at_once_here(self._server, most, len(requests)))
        for request in requests:
            _source(request)  # here: a thread has nobody to tell what is left out
        return in_threads(self, requests)

    def wait(self, seconds: float) -> None:
        """Let time pass: the server goes on by itself."""
        time.sleep(seconds)

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        """The responses; where they came from cannot be seen in another process."""
        if len(requests) == 1:
            return [answered(self, requests[0])], {}
        return self.together(requests), {}

    def _status(self) -> int | None:
        """What the server ended with, if it did: it closes its connections a moment before."""
        try:
            return self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return None

    def close(self) -> None:
        """Stop the server. The engine ends whatever it left in this process's group."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        self._process.kill()
        self._process.wait()


def _source(request: Request) -> tuple[str, int] | None:
    """Where a connection for the request comes from; None for where it would come from anyway.

    Raises `LeftOutError` where the server cannot be asked so.
    """
    if request.scheme == "https":
        raise LeftOutError(wording.no_tls_here())
    if request.root:
        raise LeftOutError(wording.no_mount_here())
    if request.address == "127.0.0.1":
        return None
    # The server listens on the loopback interface: all of 127.0.0.0/8, but on some systems.
    with socket.socket() as attempt:
        try:
            attempt.bind((request.address, 0))
        except OSError:
            raise LeftOutError(wording.no_address_here(request.address)) from None
    return request.address, 0


def _answer(connection: http.client.HTTPConnection) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer and its body; raises what a connection does, whatever comes over it."""
    try:
        answer = connection.getresponse()
        return answer, answer.read()
    except (ValueError, OverflowError, MemoryError) as error:
        # A length below nought, one that no memory has, and a body that never ends.
        raise http.client.HTTPException(describe(error)) from None
