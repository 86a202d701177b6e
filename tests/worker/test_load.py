"""Which driver an application gets, and why it gets none."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from applications import Lifespan

from fieldguide.worker.drivers.asgi import ASGIDriver
from fieldguide.worker.drivers.load import MODULE, choose_driver, load_app
from fieldguide.worker.drivers.refused import Refused
from fieldguide.worker.drivers.wsgi import WSGIDriver
from fieldguide.worker.http.client import Client


def wsgi(app: Callable[..., Any]) -> Client:
    return Client(WSGIDriver(app))


Answer = Callable[[Any, Any, Any], Any]


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


def test_a_failed_startup_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        choose_driver(Lifespan("failed"), "app.py")
    assert str(caught.value) == "its startup failed: no database"
    assert caught.value.record["file"] == "app.py"


def test_the_kind_of_an_application() -> None:
    class Application:
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            return []

    class Handler:
        def __init__(self, environ: Any, start_response: Any) -> None:
            """WSGI allows a class."""

    apps: list[object] = [lambda environ, start_response: [], Application(), Handler]
    for app in apps:
        assert isinstance(choose_driver(app, "app.py"), WSGIDriver)
    driver = choose_driver(Lifespan(), "app.py")
    assert isinstance(driver, ASGIDriver)
    driver.close()
    for other in (None, 3, "app", io.BytesIO(), lambda one: one, object()):
        with pytest.raises(Refused, match="`app` is of an unknown kind"):
            choose_driver(other, "app.py")


def test_a_callable_that_takes_something_else_is_told_how_it_is_called() -> None:
    with pytest.raises(Refused) as caught:
        choose_driver(lambda request: None, "app.py")
    assert str(caught.value) == (
        "`app` is of an unknown kind: function; it cannot be called as app(environ, start_response)"
    )
    assert caught.value.record["file"] == "app.py"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What an import changes of this process is undone."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    sys.modules.pop(MODULE, None)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("source", "kind", "message", "line"),
    [
        ("x = 1\n", "no app", "it exports no `app`", 1),
        ("\nx =\n", "syntax", "syntax error: invalid syntax", 2),
        ("\nimport no_such_module\n", "import", "no module named 'no_such_module'", 2),
        ("import sys\nsys.exit(3)\n", "exit", "it exits (3) while it is imported", 2),
        ("def f():\n    raise KeyError(1)\n\n\nf()\n", "raised", "KeyError: 1", 2),
    ],
)
def test_an_entry_that_cannot_be_imported(
    tmp_path: Path, source: str, kind: str, message: str, line: int
) -> None:
    (tmp_path / "app.py").write_text(source, "utf-8")
    with pytest.raises(Refused) as caught:
        load_app(tmp_path, "app.py")
    record = caught.value.record
    assert (record["kind"], record["message"], record["line"]) == (kind, message, line)
    assert record["file"] == "app.py"
    assert str(tmp_path) not in str(record.get("traceback", ""))


@pytest.mark.usefixtures("alone")
def test_an_entry_may_be_named_otherwise_and_is_the_module_app(tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("app = __name__\n", "utf-8")
    assert load_app(tmp_path, "manage.py") == "app"
