"""Requests and responses: fields, types, texts, and how they are recorded."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from one_server import Server, answer

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import SHOWN_BYTES, Headers, Response, shown


def test_headers_ignore_case_and_keep_repetitions() -> None:
    headers = answer(b"", ("Vary", "A"), ("vary", "B"), ("X", "1")).headers
    assert headers["VARY"] == "A, B"
    assert headers.get_all("Vary") == ["A", "B"]
    assert "x" in headers
    assert "Y" not in headers
    assert headers.get("Y", "none") == "none"
    with pytest.raises(AssertionError, match="expected a header Y, got none"):
        headers["Y"]


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ('text/HTML; Charset="UTF-8"', "text/html", "utf-8"),
        ("text/plain;format=flowed;charset=latin-1", "text/plain", "latin-1"),
        ("application/json", "application/json", None),
        ("", "", None),
    ],
)
def test_the_type(content_type: str, media_type: str, charset: str | None) -> None:
    response = answer(b"", ("Content-Type", content_type))
    assert (response.media_type, response.charset) == (media_type, charset)


def test_text_is_read_in_its_charset() -> None:
    assert answer(b"zo\xeb", ("Content-Type", "text/plain; charset=latin-1")).text == "zoë"
    assert answer(b"zo\xc3\xab").text == "zoë"
    for kind in ("text/plain; charset=nonsense", "text/plain", "text/plain; charset=hex"):
        with pytest.raises(AssertionError, match="expected a body of text"):
            _ = answer(b"zo\xeb", ("Content-Type", kind)).text


def test_html_where_json_belongs() -> None:
    page = answer(b"<h1>Not Found</h1>", ("Content-Type", "text/html; charset=utf-8"))
    with pytest.raises(AssertionError) as caught:
        page.json()
    assert str(caught.value).startswith(
        "expected a JSON body, got b'<h1>Not Found</h1>' (text/html): "
    )
    with pytest.raises(AssertionError, match=r"got b'' \(no type\)"):
        answer().json()


def recorded(body: bytes) -> dict[str, Any]:
    client = Client(Server(Response(200, "OK", Headers([("X", "1"), ("X", "2")]), body)))
    client.post("/zoë", body="né")
    (exchange,) = client.exchanges
    assert json.loads(json.dumps(exchange)) == {
        side: {**message, "headers": [list(field) for field in message["headers"]]}
        for side, message in exchange.items()
    }
    assert exchange["request"]["start"] == "POST /zo%C3%AB HTTP/1.1"
    assert exchange["request"]["body"] == "né"
    assert exchange["response"]["start"] == "HTTP/1.1 200 OK"
    assert exchange["response"]["headers"] == [("X", "1"), ("X", "2")]
    return dict(exchange["response"])


@pytest.mark.parametrize(
    ("body", "text", "binary"),
    [
        (b"", "", False),
        ("zoë".encode(), "zoë", False),
        (b"zo\xeb", base64.b64encode(b"zo\xeb").decode(), True),
        (b"zo\xc3", base64.b64encode(b"zo\xc3").decode(), True),
        (b"a" * SHOWN_BYTES, "a" * SHOWN_BYTES, False),
        (b"a" * (SHOWN_BYTES + 9), "a" * SHOWN_BYTES, False),
        (b"a" + "ë".encode() * SHOWN_BYTES, "a" + "ë" * (SHOWN_BYTES // 2 - 1), False),
        (b"\xff" * 50_000, base64.b64encode(b"\xff" * SHOWN_BYTES).decode(), True),
    ],
    ids=["empty", "text", "binary", "half-a-character", "full", "cut", "cut-inside", "cut-binary"],
)
def test_what_is_recorded(body: bytes, text: str, binary: bool) -> None:
    message = recorded(body)
    assert message["body"] == text
    assert message["binary"] is binary
    assert message["size"] == len(body)


def test_headers_are_recorded_as_far_as_a_page_has_room() -> None:
    fields = [("X-Field", "x" * 1000)] * 100
    message = shown("HTTP/1.1 200 OK", Headers(fields), b"")
    assert message["headers"] == [*fields[:16], ("...", "84 more")]
    assert shown("x" * 100_000, Headers(), b"")["start"] == "x" * SHOWN_BYTES
    many = shown("", Headers([("a", "b")] * 1000), b"")["headers"]
    assert many == [*[("a", "b")] * 200, ("...", "800 more")]
