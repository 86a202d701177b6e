"""Drive an application over a real socket, under the server that serves it in production."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
from pathlib import Path

from .. import wording
from ..http.messages import HOP_BY_HOP, ProtocolError, Request, Response, respond
from .describe import describe
from .driver import Answer, answered
from .tracing import Place

_ANSWER_SECONDS = 60.0
_STOP_SECONDS = 3.0


class SocketDriver:
    """Starts the server on a socket that is listening already, and sends it every request.

    A listening socket is handed over, so that there is no port to guess and nothing to poll: the
    first request waits in the queue until the server takes it.
    """

    def __init__(self, server: str, folder: Path, entry: str) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.set_inheritable(True)
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
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_ANSWER_SECONDS)
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

    def traced(self, request: Request) -> tuple[Answer, Place]:
        """The response; where it came from cannot be seen in another process."""
        return answered(self, request), {}

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


def _answer(connection: http.client.HTTPConnection) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer and its body; raises what a connection does, whatever comes over it."""
    try:
        answer = connection.getresponse()
        return answer, answer.read()
    except (ValueError, OverflowError, MemoryError) as error:
        # A length below nought, one that no memory has, and a body that never ends.
        raise http.client.HTTPException(describe(error)) from None
