"""The servers that pages name for production, each started on a socket that listens already."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from pathlib import Path


def serve(server: str, descriptor: str, folder: str, entry: str) -> None:
    """Serve ``folder``'s application until the process is told to end."""
    os.chdir(folder)
    sys.path.insert(0, folder)
    SERVERS[server](int(descriptor), Path(entry).stem)


def _gunicorn(descriptor: int, module: str) -> None:
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", "--bind", f"fd://{descriptor}", "--workers", "1"]
    sys.argv += ["--graceful-timeout", "1", "--log-level", "warning", f"{module}:app"]
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


def _waitress(descriptor: int, module: str) -> None:
    import waitress

    app = importlib.import_module(module).app
    waitress.serve(app, sockets=[socket.socket(fileno=descriptor)], threads=4)


def _uvicorn(descriptor: int, module: str) -> None:
    import uvicorn

    # No proxy stands in front, and by default uvicorn believes whoever speaks from 127.0.0.1.
    config = uvicorn.Config(f"{module}:app", log_level="warning", proxy_headers=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _tornado(descriptor: int, module: str) -> None:
    import asyncio

    from tornado.httpserver import HTTPServer

    async def main() -> None:
        listening = socket.socket(fileno=descriptor)
        listening.setblocking(False)
        HTTPServer(importlib.import_module(module).app).add_socket(listening)
        await asyncio.Event().wait()

    asyncio.run(main())


SERVERS = {
    "gunicorn": _gunicorn,
    "waitress": _waitress,
    "uvicorn": _uvicorn,
    "tornado": _tornado,
}
"""By the name that a framework's ``server`` gives."""
