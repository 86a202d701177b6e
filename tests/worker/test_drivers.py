"""The in-process drivers behave like a conforming server; real ones stand beside them."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from miniature import by_id, miniature, seen

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome, Result
from fieldguide.worker.drivers.asgi import ASGIDriver
from fieldguide.worker.drivers.load import choose_driver
from fieldguide.worker.drivers.refused import Refused
from fieldguide.worker.drivers.wsgi import WSGIDriver
from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import ProtocolError

CASES = Path(__file__).parents[1] / "cases" / "drivers"
TEXT = ("Content-Type", "text/plain")
SERVED = {
    "flask": "wsgi.py",  # under gunicorn
    "bottle": "wsgi.py",  # under waitress
    "falcon": "asgi.py",  # under uvicorn
    "tornado": "tornado_app.py",
}
FAILING = ("test_exception_in_the_body", "test_length_too_long", "test_wide_field")
"""What is no whole answer; then a driver may refuse what a server cuts or answers with 500."""


@pytest.fixture(autouse=True)
def no_running_loop() -> Iterator[None]:
    """A browser that other tests drive leaves its event loop running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


# In process and over a socket -------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Result, Result]]:
    """Each application's result in process and under its server, by framework."""
    files = {"same/contract.py": (CASES / "contract.py").read_bytes()}
    files |= {f"same/{name}/app.py": (CASES / file).read_bytes() for name, file in SERVED.items()}
    files["upload/contract.py"] = (CASES / "upload.py").read_bytes()
    files["upload/tornado/app.py"] = (CASES / "tornado_app.py").read_bytes()
    root = miniature(tmp_path_factory.mktemp("drivers"), SERVED, files)
    here, there = by_id(verify(root)), by_id(verify(root, ["same"], VerifyOptions(server=True)))
    pairs = {name: (here[f"same/{name}"], there[f"same/{name}"]) for name in SERVED}
    return {**pairs, "upload": (here["upload/tornado"], here["upload/tornado"])}


@pytest.mark.parametrize("name", SERVED)
def test_a_driver_answers_as_the_server_does(
    name: str, compared: dict[str, tuple[Result, Result]]
) -> None:
    here, there = compared[name]
    assert here.failure is None, here.failure
    assert there.failure is None, there.failure
    for one, other in zip(here.checks, there.checks, strict=True):
        message = one.failure.message if one.failure else ""
        assert one.outcome is other.outcome, (one.check.name, message, other.failure)
        if one.outcome is not Outcome.PASSED:
            assert one.check.name in FAILING, message
            continue
        assert len(one.exchanges) == len(other.exchanges), one.check.name
        for mine, real in zip(one.exchanges, other.exchanges, strict=True):
            assert mine.request == real.request
            assert seen(mine) == seen(real, mine), mine.request.start


@pytest.mark.parametrize(
    ("name", "check", "outcome"),
    [
        ("flask", "test_exception_in_the_body", Outcome.FAILED),
        ("flask", "test_length_too_long", Outcome.FAILED),
        ("bottle", "test_exception_in_the_body", Outcome.FAILED),
        ("falcon", "test_exception_in_the_body", Outcome.FAILED),
        ("falcon", "test_exception_after_the_body", Outcome.PASSED),
        ("falcon", "test_length_too_long", Outcome.FAILED),
        ("tornado", "test_length_too_long", Outcome.FAILED),
        ("flask", "test_wide_field", Outcome.FAILED),
        ("bottle", "test_wide_field", Outcome.FAILED),
    ],
)
def test_how_both_end(
    name: str, check: str, outcome: Outcome, compared: dict[str, tuple[Result, Result]]
) -> None:
    for result in compared[name]:
        assert {check.check.name: check.outcome for check in result.checks}[check] is outcome


def test_an_upload_in_tornado(compared: dict[str, tuple[Result, Result]]) -> None:
    result, _ = compared["upload"]
    assert result.outcome is Outcome.PASSED, result.reason


# WSGI -------------------------------------------------------------------------------------------


def wsgi(app: Callable[..., Any]) -> Client:
    return Client(WSGIDriver(app))


def broken(client: Client, target: str = "/", method: str = "get") -> str:
    """Why an exchange is refused, in one plain line."""
    with pytest.raises(ProtocolError) as caught:
        getattr(client, method)(target)
    text = str(caught.value)
    assert "\n" not in text
    return text


def fixed(*fields: tuple[str, str], body: Any = (b"x",), status: str = "200 OK") -> Client:
    """A client of an application that always answers the same."""

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        start_response(status, list(fields))
        return list(body)

    return wsgi(app)


def test_start_response_twice() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [TEXT])
        start("201 Created", [TEXT])
        return []

    assert broken(wsgi(app)) == "the application breaks WSGI: it called start_response twice"


def test_no_start_response() -> None:
    assert "start_response" in broken(wsgi(lambda environ, start: []))
    assert "start_response has not yet been called" in broken(wsgi(lambda environ, start: [b"x"]))


def test_an_error_before_the_body_replaces_the_answer() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        try:
            start("200 OK", [TEXT, ("X-First", "1")])
            raise ValueError
        except ValueError:
            start("503 Busy", [TEXT], sys.exc_info())
        return [b"busy"]

    response = wsgi(app).get("/")
    assert (response.status, response.reason, response.body) == (503, "Busy", b"busy")
    assert "X-First" not in response.headers


def test_an_error_after_the_body_is_raised_again() -> None:
    def app(environ: Any, start: Any) -> Iterator[bytes]:
        start("200 OK", [TEXT])
        yield b"a part"
        try:
            raise ValueError
        except ValueError:
            start("500 Oops", [TEXT], sys.exc_info())
        yield b"never"

    assert broken(wsgi(app)) == "the application raised in the middle of its response"


def test_write_comes_before_the_body() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        write = start("200 OK", [TEXT])
        write(b"one ")
        write(b"two ")
        return [b"three"]

    assert wsgi(app).get("/").body == b"one two three"


@pytest.mark.parametrize("raises", [False, True])
def test_close_is_called_once(raises: bool, capfd: pytest.CaptureFixture[str]) -> None:
    closed: list[bool] = []

    class Body:
        def __init__(self) -> None:
            self.left = [b"a", b"b"]

        def __iter__(self) -> Iterator[bytes]:
            return self

        def __next__(self) -> bytes:
            if raises:
                raise RuntimeError("secret")
            if not self.left:
                raise StopIteration
            return self.left.pop(0)

        def close(self) -> None:
            closed.append(True)

    def app(environ: Any, start: Any) -> Body:
        start("200 OK", [TEXT])
        return Body()

    response = wsgi(app).get("/")
    assert closed == [True]
    assert response.status == (500 if raises else 200)
    assert b"secret" not in response.body
    assert ("RuntimeError: secret" in capfd.readouterr().err) is raises


def test_head_has_no_body() -> None:
    response = fixed(TEXT, ("Content-Length", "1")).head("/")
    assert (response.status, response.body) == (200, b"")
    assert response.headers["Content-Length"] == "1"


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
@pytest.mark.parametrize("fields", [(), (TEXT,)])
def test_a_status_without_a_body(status: str, fields: Any) -> None:
    response = fixed(*fields, status=status).get("/")
    assert response.body == b""
    assert response.headers.fields == list(fields)


def test_no_type_is_legal() -> None:
    assert fixed(("X", "1")).get("/").headers.fields == [("X", "1")]


def test_blanks_around_a_value_are_no_part_of_it() -> None:
    fields = fixed(("Set-Cookie", " a=1; Path=/"), ("X", "1 2 ")).get("/").headers.fields
    assert fields == [("Set-Cookie", "a=1; Path=/"), ("X", "1 2")]


@pytest.mark.parametrize("name", ["Connection", "transfer-encoding", "Keep-Alive", "Upgrade"])
def test_a_hop_by_hop_field(name: str) -> None:
    words = f"the header {name} is the server's to set, not the application's"
    assert broken(fixed(TEXT, (name, "x"))) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([("X", "a\r\nY: b")], "Bad header value"),
        ([("X", "a\nb")], "Bad header value"),
        ([("X\r\nY", "a")], "Header names may not contain"),
        ([("X Y", "a")], "Bad header name"),
        ([("X", "\u20ac")], "the header X is not Latin-1"),
        ([("Content-Length", "2")], "Content-Length says 2 bytes, the body has 1"),
        ([("Content-Length", "1"), ("Content-Length", "2")], "expected one Content-Length"),
        ([("Content-Length", "one")], "expected one Content-Length"),
        ([("Status", "200")], "The Status header cannot be used"),
        ([("X", b"a")], "Header value must be of type str"),
        ([("X", None)], "Header value must be of type str"),
        ([["X", "a"]], "must be of type tuple"),
        ([("X",)], "check_headers"),
    ],
)
def test_a_broken_field(fields: Any, words: str) -> None:
    assert words in broken(fixed(TEXT, *fields))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("20 OK", "three characters"),
        ("099 OK", "Status code is invalid"),
        ("600 OK", "expected a status from 100 to 599, got 600"),
        (200, "Status must be of type str"),
    ],
)
def test_a_broken_status(status: Any, words: str) -> None:
    assert words in broken(fixed(TEXT, status=status))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("text", "should not return a string"),
        (b"bytes", "should not return a string"),
        (["text"], "non-bytestring"),
        (None, "must return an iterator"),
    ],
)
def test_a_broken_body(body: Any, words: str) -> None:
    def app(environ: Any, start: Any) -> Any:
        start("200 OK", [TEXT])
        return body

    assert words in broken(wsgi(app))


def test_headers_that_are_no_list() -> None:
    def app(environ: Any, start: Any) -> Any:
        start("200 OK", (TEXT,))
        return []

    assert "must be of type list" in broken(wsgi(app))


def test_wsgi_input() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        stream = environ["wsgi.input"]
        got = [stream.read(2), stream.readline(), stream.readlines(), stream.read(), stream.read(9)]
        start("200 OK", [TEXT])
        return [repr(got).encode()]

    body = wsgi(app).post("/", body=b"ab\ncd\nef").text
    assert body == repr([b"ab", b"\n", [b"cd\n", b"ef"], b"", b""])

    def lines(environ: Any, start: Any) -> list[bytes]:
        start("200 OK", [TEXT])
        return list(environ["wsgi.input"])

    assert wsgi(lines).post("/", body=b"a\nb").body == b"a\nb"


def test_wsgi_input_is_the_servers_to_close() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        environ["wsgi.input"].close()
        return []

    assert broken(wsgi(app)) == "the application breaks WSGI: input.close() must not be called"


def test_a_rule_without_words_is_named() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        environ["wsgi.errors"].write(b"bytes")
        return []

    assert "ErrorWrapper.write" in broken(wsgi(app))


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/a b", "/a b"),
        ("/zo%C3%AB", "/zo\xc3\xab"),
        ("/zoë", "/zo\xc3\xab"),
        ("/a%2Fb", "/a/b"),
        ("/%FF", "/\xff"),
        ("/a+b;c=d,e", "/a+b;c=d,e"),
        ("/100%", "/100%"),
    ],
)
def test_path_info(target: str, path: str) -> None:
    seen: list[dict[str, Any]] = []

    def app(environ: Any, start: Any) -> list[bytes]:
        seen.append(environ)
        start("200 OK", [TEXT])
        return []

    wsgi(app).get(target, query={"a": "ë"})
    assert (seen[0]["PATH_INFO"], seen[0]["QUERY_STRING"]) == (path, "a=%C3%AB")


@pytest.mark.parametrize("error", [RuntimeError("secret"), AssertionError("secret"), KeyError(1)])
def test_an_exception_is_500(error: Exception, capfd: pytest.CaptureFixture[str]) -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        raise error

    response = wsgi(app).get("/")
    assert (response.status, response.body) == (500, b"Internal Server Error")
    assert repr(error).partition("(")[0] in capfd.readouterr().err


def test_an_exit_is_not_swallowed() -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        wsgi(app).get("/")


def test_errors_are_written_to_the_output(capfd: pytest.CaptureFixture[str]) -> None:
    def app(environ: Any, start: Any) -> list[bytes]:
        print("a word", file=environ["wsgi.errors"])
        start("200 OK", [TEXT])
        return []

    wsgi(app).get("/")
    assert capfd.readouterr().err == "a word\n"


# ASGI -------------------------------------------------------------------------------------------

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


async def start(send: Any, status: Any = 200, *fields: Any) -> None:
    await send({"type": "http.response.start", "status": status, "headers": fields})


async def body(send: Any, content: Any = b"", more: bool = False) -> None:
    await send({"type": "http.response.body", "body": content, "more_body": more})


class Lifespan:
    """An application that keeps what happened to it."""

    def __init__(self, startup: str = "complete") -> None:
        self.startup = startup
        self.happened: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            self.happened.append("request")
            scope["state"]["count"] = scope["state"].get("count", 0) + 1
            await start(send)
            await body(send, json.dumps(scope["state"]).encode())
            return
        scope["state"]["name"] = "shared"
        for event in ("startup", "shutdown"):
            assert (await receive())["type"] == f"lifespan.{event}"
            self.happened.append(event)
            outcome = self.startup if event == "startup" else "complete"
            await send({"type": f"lifespan.{event}.{outcome}", "message": "no database"})


def test_the_lifespan_runs_once() -> None:
    app = Lifespan()
    driver = ASGIDriver(app)
    client = Client(driver)
    states = [client.get("/").json() for _ in range(2)]
    driver.close()
    assert app.happened == ["startup", "request", "request", "shutdown"]
    assert states == [{"name": "shared", "count": 1}] * 2  # a copy for each request


def test_a_failed_startup_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        choose_driver(Lifespan("failed"), "app.py")
    assert str(caught.value) == "its startup failed: no database"
    assert caught.value.record["file"] == "app.py"


@pytest.mark.parametrize("how", ["raises", "returns", "raises later"])
def test_no_lifespan_is_legal(how: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            if how == "raises later":
                await receive()
            if how != "returns":
                raise KeyError("lifespan")
            return
        await start(send)
        await body(send)

    driver = ASGIDriver(app)
    assert Client(driver).get("/").status == 200
    driver.close()


def test_a_shutdown_that_fails_harms_nothing() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        raise RuntimeError("late")

    ASGIDriver(app).close()


def test_the_scope(asgi: Callable[..., Client]) -> None:
    scopes: list[Any] = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)
        await start(send)
        await body(send)

    asgi(answer).get("/zoë/a%2Fb", query={"a": "ë"}, headers={"X-Name": "zo\xeb"})
    (scope,) = scopes
    assert scope["path"] == "/zoë/a/b"
    assert scope["raw_path"] == b"/zo%C3%AB/a%2Fb"
    assert scope["query_string"] == b"a=%C3%AB"
    assert (b"x-name", b"zo\xeb") in scope["headers"]
    assert (b"host", b"localhost") in scope["headers"]


def test_the_body_then_the_disconnect(asgi: Callable[..., Client]) -> None:
    events = []

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        events.append(await receive())
        await start(send)
        await body(send)
        events.append(await receive())

    asgi(answer).post("/", body=b"abc")
    assert events == [
        {"type": "http.request", "body": b"abc", "more_body": False},
        {"type": "http.disconnect"},
    ]


def test_a_body_in_pieces(asgi: Callable[..., Client]) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        for piece in (b"a", b"", b"b"):
            await body(send, piece, more=True)
        await send({"type": "http.response.body"})

    client = asgi(answer)
    assert client.get("/").body == b"ab"
    assert client.head("/").body == b""


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([], "it ended without a whole response"),
        (["start"], "it ended without a whole response"),
        (["start", "more"], "it ended without a whole response"),
        (["body"], "http.response.body out of turn"),
        (["start", "start"], "http.response.start out of turn"),
        (["start", "body", "body"], "a body after its end"),
        (["start", "body", "start"], "http.response.start out of turn"),
        (["websocket"], "websocket.accept out of turn"),
        (["text"], "is not bytes"),
        (["newline"], "has a line break"),
    ],
)
def test_broken_asgi(asgi: Callable[..., Client], events: list[str], words: str) -> None:
    acts = {
        "start": lambda send: start(send),
        "more": lambda send: body(send, b"x", more=True),
        "body": lambda send: body(send, b"x"),
        "websocket": lambda send: send({"type": "websocket.accept"}),
        "text": lambda send: start(send, 200, ("content-type", "text/plain")),
        "newline": lambda send: start(send, 200, (b"x", b"a\r\ny: b")),
    }

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        for event in events:
            await acts[event](send)
        if "newline" in events:
            await body(send)

    assert words in broken(asgi(answer))


@pytest.mark.parametrize(("when", "status"), [("before", 500), ("after", 200)])
def test_an_exception_in_asgi(asgi: Callable[..., Client], when: str, status: int) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if when == "after":
            await start(send)
            await body(send, b"whole")
        raise RuntimeError("secret")

    response = asgi(answer).get("/")
    assert response.status == status
    assert b"secret" not in response.body


def test_an_own_500_then_the_exception(asgi: Callable[..., Client]) -> None:
    """Starlette answers, then raises again, so that the server can log it."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send, 500)
        await body(send, b"Sorry")
        raise RuntimeError("secret")

    assert asgi(answer).get("/").body == b"Sorry"


def test_an_exception_in_the_middle(asgi: Callable[..., Client]) -> None:
    async def answer(scope: Any, receive: Any, send: Any) -> None:
        await start(send)
        await body(send, b"a part", more=True)
        raise RuntimeError("secret")

    assert broken(asgi(answer)) == "the application raised in the middle of its response"


# Which driver -----------------------------------------------------------------------------------


def test_the_kind_of_an_application() -> None:
    class Application:
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            return []

    class Handler:
        def __init__(self, environ: Any, start_response: Any) -> None:
            """WSGI allows a class."""

    for app in (lambda environ, start_response: [], Application(), Handler):
        assert choose_driver(app, "app.py").kind == "wsgi"
    driver = choose_driver(Lifespan(), "app.py")
    assert driver.kind == "asgi"
    driver.close()
    for other in (None, 3, "app", io.BytesIO(), lambda one: one, object()):
        with pytest.raises(Refused, match="`app` is of an unknown kind"):
            choose_driver(other, "app.py")
