"""Requests and responses: fields, types, texts, and how they are recorded."""

from __future__ import annotations

import pytest
from one_server import answer


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
