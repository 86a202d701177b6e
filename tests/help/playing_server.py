"""A real HTTP server that plays what the web does to a link checker.

``Host`` gives it a path and what to do there; it counts who was there at once and keeps what it
was sent. It listens on 127.0.0.1, .2, .3 ..., so one machine plays many hosts.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Play = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; a play answers it with these."""

    protocol_version = "HTTP/1.1"
    server: Host

    def answer(self, code: int = 200, body: str | bytes = b"", **fields: str) -> None:
        """A whole response; ``content_type`` becomes Content-Type."""
        content = body.encode() if isinstance(body, str) else body
        self.send_response(code)
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        if content and "content-type" not in named:
            named["content-type"] = "text/html; charset=utf-8"
        for name, value in named.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD" and code != 304:
            self.wfile.write(content)

    def reset(self) -> None:
        """End the connection as if the cable were cut."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def setup(self) -> None:
        self.request.settimeout(20)
        super().setup()

    def _play(self) -> None:
        host = self.server
        with host.lock:
            host.now += 1
            host.most = max(host.most, host.now)
            host.asked.append((self.command, self.path, dict(self.headers)))
            host.counts[self.path] += 1
        try:
            host.plays.get(self.path.partition("?")[0], host.otherwise)(self)
        except OSError:
            self.close_connection = True
        finally:
            with host.lock:
                host.now -= 1

    do_GET = do_HEAD = do_POST = _play  # noqa: N815

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


class Host(ThreadingHTTPServer):
    """One host, serving until it is closed."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, number: int = 1, context: ssl.SSLContext | None = None) -> None:
        super().__init__((f"127.0.0.{number}", 0), Request)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.plays: dict[str, Play] = {"/robots.txt": lambda request: request.answer(404)}
        self.otherwise: Play = lambda request: request.answer(404, "<h1>Not found</h1>")
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.counts: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.now = self.most = 0
        self.name = f"127.0.0.{number}:{self.server_address[1]}"
        self.url = f"{'https' if context else 'http'}://{self.name}"
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def handle_error(self, *given: Any) -> None:
        """A client that leaves is no error here."""

    def plays_page(self, path: str, title: str, text: str = "", **fields: str) -> str:
        """A page with a title and a text; gives its address."""
        html = f"<title>{title}</title><main><h1>{title}</h1><p id=part>{text}</main>"
        self.plays[path] = lambda request: request.answer(200, html, **fields)
        return self.url + path

    def plays_redirect(self, path: str, to: str, code: int = 301) -> str:
        """A redirect; gives its address."""
        self.plays[path] = lambda request: request.answer(code, location=to)
        return self.url + path


def slowly(seconds: float, then: Play) -> Play:
    """Wait, then play."""

    def play(request: Request) -> None:
        time.sleep(seconds)
        then(request)

    return play
