"""The production servers: each gets the socket that listens already, and the application."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from fieldguide.project.record import Project
from fieldguide.worker.drivers import servers

APP = "app = 'the application'\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A snippet's folder; what serving it changes of this process is undone."""
    (tmp_path / "served_app.py").write_text(APP, "utf-8")
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "argv", ["worker"])
    yield tmp_path
    sys.modules.pop("served_app", None)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket that listens; the server gets a descriptor of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def pretend(monkeypatch: pytest.MonkeyPatch, name: str, **parts: Any) -> None:
    """A server's package that has only what it is asked for."""
    package, _, _ = name.partition(".")
    for module in (package, name):
        monkeypatch.setitem(sys.modules, module, ModuleType(module))
    for part, value in parts.items():
        setattr(sys.modules[name], part, value)


def test_every_server_of_the_project_is_known(collected: Project) -> None:
    assert {framework.server for framework in collected.frameworks.values()} == set(servers.SERVERS)


def test_the_application_is_importable_from_its_own_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []

    def server(descriptor: int, module: str) -> None:
        started.append((descriptor, module, os.getcwd(), sys.path[0]))

    monkeypatch.setitem(servers.SERVERS, "server", server)
    servers.serve("server", "7", str(folder), "manage.py")
    assert started == [(7, "manage", str(folder), str(folder))]


def test_waitress(folder: Path, listening: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []

    def serve(app: object, sockets: list[socket.socket], threads: int) -> None:
        served.append((app, [own.getsockname() for own in sockets], threads))
        for own in sockets:
            own.close()

    pretend(monkeypatch, "waitress", serve=serve)
    descriptor = os.dup(listening.fileno())
    servers.serve("waitress", str(descriptor), str(folder), "served_app.py")
    assert served == [("the application", [listening.getsockname()], 4)]


def test_uvicorn_believes_no_proxy(
    folder: Path, listening: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Any] = []

    class Server:
        def __init__(self, config: SimpleNamespace) -> None:
            self.config = config

        def run(self, sockets: list[socket.socket]) -> None:
            served.append((self.config, [own.getsockname() for own in sockets]))
            for own in sockets:
                own.close()

    def config(app: str, **options: Any) -> SimpleNamespace:
        return SimpleNamespace(app=app, **options)

    pretend(monkeypatch, "uvicorn", Config=config, Server=Server)
    descriptor = os.dup(listening.fileno())
    servers.serve("uvicorn", str(descriptor), str(folder), "served_app.py")
    ((configured, addresses),) = served
    assert (configured.app, configured.proxy_headers) == ("served_app:app", False)
    assert addresses == [listening.getsockname()]


def test_gunicorn_is_told_by_its_command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class WSGIApplication:
        def __init__(self, usage: str) -> None:
            """Its usage is for people."""

        def run(self) -> None:
            """It would serve now."""

    pretend(monkeypatch, "gunicorn.app.wsgiapp", WSGIApplication=WSGIApplication)
    servers.serve("gunicorn", "7", str(folder), "served_app.py")
    assert sys.argv[0] == "gunicorn"
    assert sys.argv[-1] == "served_app:app"
    assert sys.argv[sys.argv.index("--bind") + 1] == "fd://7"
    assert sys.argv[sys.argv.index("--workers") + 1] == "1"
