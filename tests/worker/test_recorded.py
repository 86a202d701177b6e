"""Requests and responses as they are recorded."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from one_server import Server

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import Headers, Response
from fieldguide.worker.http.recorded import SHOWN_BYTES, shown


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
