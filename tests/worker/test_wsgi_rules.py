"""What WSGI and HTTP ask of an answer: which are legal, and what the others break."""

from __future__ import annotations

from typing import Any

import pytest
from applications import TEXT, broken
from wsgi_clients import fixed, wsgi


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
