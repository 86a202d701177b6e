"""Requests and responses as they pass between a client and a driver, and HTTP's rules for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import chain
from typing import Any, NamedTuple

from . import decoded, wording

HEAD_BYTES = 64 * 1024
"""A response whose status line and headers are longer is refused, as clients and proxies do."""
HEADERS = 200
"""So is one with more headers; some clients refuse half of that already."""

HOP_BY_HOP = frozenset(
    [
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ]
)
"""Headers between two neighbours on the way, which an application may not set: PEP 3333 (from
RFC 2616, section 13.5.1)."""

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""Characters of a header's name: RFC 9110, section 5.6.2."""

_LENGTH = re.compile("[0-9]+")
_BROKEN = re.compile("[\r\n\0]")
_NOT_LATIN_1 = re.compile("[^\0-\xff]")


class ProtocolError(AssertionError):
    """The application broke HTTP or its interface, so that a real server would not pass it on."""


class Headers:
    """Header fields in order; names are case-insensitive, repeated ones are kept.

    ``headers["Allow"]`` joins repeated fields with a comma, as RFC 9110, section 5.3 has it.
    """

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.fields = [(str(name), str(value)) for name, value in fields]

    def get_all(self, name: str) -> list[str]:
        """Every value of that name, in order."""
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def get(self, name: str, default: str | None = None) -> str | None:
        """The value of that name, or ``default``."""
        values = self.get_all(name)
        return ", ".join(values) if values else default

    def __getitem__(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            raise AssertionError(wording.no_header(name))
        return value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.get_all(name))

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self.fields))

    def __len__(self) -> int:
        return len(self.fields)

    def __repr__(self) -> str:
        return f"Headers({self.fields!r})"


class Request(NamedTuple):
    """What a driver gets: a request as it would be on the wire."""

    method: str
    target: str
    """Path and query, percent-encoded: ASCII only."""
    headers: Headers
    body: bytes = b""
    scheme: str = "http"
    address: str = "127.0.0.1"
    """Whose request it is."""
    root: str = ""
    """The path that the application is mounted at; the target is below it."""

    @property
    def path(self) -> str:
        """The target up to the question mark, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The target after the question mark."""
        return self.target.partition("?")[2]


class Response(NamedTuple):
    """What a check gets."""

    status: int
    reason: str
    headers: Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """``text/html``: lower case, without parameters; empty without a Content-Type."""
        return (self.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The ``charset`` parameter of the Content-Type, lower case, or None."""
        for part in (self.headers.get("Content-Type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip('"').lower()
        return None

    @property
    def text(self) -> str:
        """The body as text, in its charset; UTF-8 where none is given."""
        return decoded.text(self.body, self.charset or "utf-8")

    def json(self) -> Any:
        """The body as JSON."""
        return decoded.document(self.body, self.media_type)


def respond(
    request: Request, status: int, reason: str, fields: Iterable[tuple[str, str]], body: bytes
) -> Response:
    """The response that a conforming server would put on the wire, or `ProtocolError`.

    A response to HEAD, and one of 204 and 304, has no body (RFC 9110, section 6.4.1); a
    Content-Length that differs from the body is an error in every server. Blanks around a value are
    no part of it (section 5.5). One of 1xx answers no request by itself (section 15.2): what an
    application does after it has switched protocols, and whether it fails there, nobody has seen.

    It is the only way to a response, and a judge goes it again with what an application's process
    has told: whatever that is, there is an answer or a `ProtocolError`.
    """
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise ProtocolError(wording.bad_status(status))
    if status < 200:
        raise ProtocolError(wording.not_final(status))
    pairs = list(fields)
    if not all(isinstance(text, str) for text in (reason, *chain.from_iterable(pairs))):
        raise ProtocolError(wording.no_text())
    headers = Headers((name, value.strip(" \t")) for name, value in pairs)
    length = len(reason) + sum(len(name) + len(value) + 4 for name, value in headers.fields)
    if len(headers) > HEADERS or length > HEAD_BYTES:
        raise ProtocolError(wording.head_too_long(len(headers), length, HEADERS, HEAD_BYTES))
    if _BROKEN.search(reason) or _NOT_LATIN_1.search(reason):
        raise ProtocolError(wording.bad_reason(reason))
    for name, value in headers.fields:
        if not _TOKEN.fullmatch(name):
            raise ProtocolError(wording.bad_name(name))
        if name.lower() in HOP_BY_HOP:
            raise ProtocolError(wording.hop_by_hop(name))
        if _BROKEN.search(value):
            raise ProtocolError(wording.broken_value(name, value))
        if _NOT_LATIN_1.search(value):
            raise ProtocolError(wording.wide_value(name, value))
    content = b"" if _bodiless(request, status, headers, body) else body
    return Response(int(status), reason or phrase(status), headers, content)


def _bodiless(request: Request, status: int, headers: Headers, body: bytes) -> bool:
    """Whether a response has no body; raises `ProtocolError` where its length is not as it says."""
    lengths = set(headers.get_all("Content-Length"))
    bodiless = request.method == "HEAD" or status in (204, 304)
    if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
        raise ProtocolError(wording.bad_lengths(sorted(lengths)))
    for length in lengths:
        # As text: Python makes no number of thousands of digits.
        if not bodiless and (length.lstrip("0") or "0") != str(len(body)):
            raise ProtocolError(wording.wrong_length(length, len(body)))
    return bodiless


def phrase(status: int) -> str:
    """The reason phrase of a status, or nothing for an unknown one."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def server_error(request: Request) -> Response:
    """What a server answers when the application raised: no word of the exception."""
    body = b"Internal Server Error"
    fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    return respond(request, 500, "", fields, body)
