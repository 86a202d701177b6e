"""WSGI applications are called as a conforming server calls them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from applications import TEXT, broken
from wsgi_clients import fixed, wsgi


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
