"""WSGI applications are called as a conforming server calls them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from applications import TEXT, broken

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


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("\u0662\u0660\u0660 OK", "the application breaks WSGI: '٢٠٠ OK' is no status"),
        ("2_0 OK", "the application breaks WSGI: "),
        ("200OK", "the application breaks WSGI: "),
        ("200 OK\r\nSet-Cookie: a=b", "the reason phrase is not one line of Latin-1"),
        ("200 \u20ac", "the reason phrase is not one line of Latin-1"),
        ("999 Beyond", "expected a status from 100 to 599, got 999"),
        ("200 " + "x" * 100_000, "expected at most 200 headers of 65536 bytes together"),
    ],
)
def test_a_status_that_no_server_sends(status: str, words: str) -> None:
    assert words in broken(fixed(TEXT, status=status))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([("Content-Length", "\u00b2")], "expected one Content-Length, got ['²']"),
        ([("Content-Length", "9" * 5000)], "Content-Length says 9999"),
        ([("X-Field", "x")] * 201, "expected at most 200 headers"),
        ([("X-Field", "x" * 20_000_000)], "expected at most 200 headers of 65536 bytes together"),
    ],
    ids=["two-squared", "many-digits", "many", "long"],
)
def test_headers_that_no_client_takes(fields: list[tuple[str, str]], words: str) -> None:
    assert words in broken(fixed(TEXT, *fields))


def test_a_length_with_noughts_before_it() -> None:
    assert fixed(TEXT, ("Content-Length", "0001")).get("/").body == b"x"
