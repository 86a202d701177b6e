"""What a request carries: forms, JSON, files, text."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from one_server import sent


def test_a_form() -> None:
    request = sent("post", form={"name": "Zoë", "tag": ["a", "b&c"]})
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.body.decode("ascii")) == {"name": ["Zoë"], "tag": ["a", "b&c"]}
    assert request.headers["Content-Length"] == str(len(request.body))


@pytest.mark.parametrize("value", [None, 0, "", [], {"name": "Zoë"}])
def test_json(value: Any) -> None:
    request = sent("put", json=value)
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.body) == value


def test_a_body_of_text_is_utf_8_and_has_no_type() -> None:
    request = sent("post", body="zoë")
    assert request.body == b"zo\xc3\xab"
    assert "Content-Type" not in request.headers


def test_one_body_only() -> None:
    with pytest.raises(ValueError, match="one body"):
        sent("post", form={"a": "1"}, json={})


def test_files() -> None:
    content = bytes(range(256))
    request = sent(
        "post",
        form={"title": "Zoë"},
        files={"cover": ('a "b"\r\n.png', content, "image/png")},
    )
    kind, _, boundary = request.headers["Content-Type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    first, second = (
        part.strip(b"-").removeprefix(b"\r\n").removesuffix(b"\r\n")
        for part in request.body.split(b"--" + boundary.encode())[1:3]
    )
    assert first == 'Content-Disposition: form-data; name="title"\r\n\r\nZoë'.encode()
    head, _, body = second.partition(b"\r\n\r\n")
    assert body == content
    assert head.split(b"\r\n") == [
        b'Content-Disposition: form-data; name="cover"; filename="a %22b%22%0D%0A.png"',
        b"Content-Type: image/png",
    ]
    assert request.body.endswith(b"--" + boundary.encode() + b"--\r\n")


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [("get", None, None), ("post", None, "0"), ("delete", None, None), ("delete", b"x", "1")],
)
def test_the_length_is_sent_where_a_body_may_be(method: str, body: Any, length: Any) -> None:
    assert sent(method, body=body).headers.get("Content-Length") == length
