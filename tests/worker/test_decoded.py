"""A body as text and as JSON: what only Python reads is neither."""

from __future__ import annotations

import pytest

from fieldguide.worker.http import decoded


@pytest.mark.parametrize(
    ("charset", "body"),
    [("unicode_escape", b"\\x6f"), ("utf-7", b"+AG8-"), ("punycode", b"9" * 9), ("idna", b"o")],
)
def test_text_in_a_charset_that_no_browser_reads_is_none(charset: str, body: bytes) -> None:
    """Python would: a page shows another text, and some take it minutes."""
    with pytest.raises(AssertionError, match=f"got one in '{charset}', which no browser reads"):
        decoded.text(body, charset)


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "utf8", "utf-16le", "us-ascii", "latin-1", "iso-8859-15", "windows-1252", "gb18030"],
)
def test_text_in_the_charsets_of_browsers(charset: str) -> None:
    assert decoded.text("zo".encode(charset), charset) == "zo"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b'{"price": NaN}', "NaN is no number of JSON"),
        (b"[-Infinity]", "-Infinity is no number of JSON"),
        (b"[" * 200_000, "it is nested too deeply"),
        (b"9" * 5000, "4300 digits"),
        ("[1]".encode("utf-16"), "can't decode byte"),
        ("[1]".encode("utf-32-le"), "Extra data|Expecting"),
    ],
    ids=["NaN", "Infinity", "deep", "long", "UTF-16", "UTF-32"],
)
def test_what_python_alone_reads_as_json_is_none(body: bytes, why: str) -> None:
    with pytest.raises(AssertionError, match=rf"^expected a JSON body, got .* \(a/b\): .*{why}"):
        decoded.document(body, "a/b")


def test_json() -> None:
    assert decoded.document('{"zoë": [1, 2.5, null]}'.encode(), "") == {"zoë": [1, 2.5, None]}
