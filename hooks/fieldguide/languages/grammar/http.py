"""Exchanges as they stand in an ``http`` fence: its grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..comparing.lines import SourceError, quoted

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

_REQUEST = re.compile(r"(?P<method>[A-Za-z]+) (?P<target>\S.*?) HTTP/(?P<version>\d(?:\.\d)?)\s*$")
_RESPONSE = re.compile(r"HTTP/(?P<version>1\.[01]) (?P<status>[1-5]\d\d)(?: (?P<reason>.*))?$")
_ANY_RESPONSE = re.compile(r"HTTP/\d\S*(?: |$)")
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
"""Characters of a header's name: RFC 9110, section 5.6.2."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header line."""

    line: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A request or a response as it stands in the fence. Lines are counted from 0."""

    line: int
    """Of its start line."""
    end: int
    """One more than its last line that is not blank."""
    text: str
    """Those lines."""
    headers: tuple[Header, ...]
    body_line: int
    """The first line of its body; the same as ``end`` where it has none."""
    body: tuple[str, ...]
    """The lines of its body without blank ones at both ends."""


@dataclass(frozen=True, slots=True)
class Documented:
    """One exchange of a fence."""

    method: str
    target: str
    request: Part
    version: str
    status: int
    reason: str
    """Empty where none is written; then any will do."""
    response: Part


@dataclass(frozen=True, slots=True)
class Wire:
    """A fence of exchanges, each with its request and its response apart."""

    source: str
    exchanges: tuple[Documented, ...]


def parse(source: str) -> Wire:
    """The exchanges of a fence; `SourceError` where it cannot be read."""
    lines = source.split("\n")
    exchanges = []
    at = _skip(lines, 0)
    if at == len(lines):
        raise SourceError(0, "there is no request in this fence", _REQUEST_FIRST)
    while at < len(lines):
        documented = _exchange(lines, at)
        exchanges.append(documented)
        at = _skip(lines, documented.response.end)
    return Wire(source, tuple(exchanges))


_REQUEST_FIRST = "start with a request line, such as GET /items/7 HTTP/1.1"
_RESPONSE_NEXT = "write a blank line, the status line such as HTTP/1.1 200 OK, and what follows it"


def _skip(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _exchange(lines: list[str], at: int) -> Documented:
    method, target = _request_line(lines[at], at)
    request = _part(lines, at, starts_response)
    for header in request.headers:
        _sendable(header)
    _length(request)
    start = _skip(lines, request.end)
    for number in range(request.body_line, request.end):
        if _REQUEST.match(lines[number]) and not lines[number - 1].strip():
            raise SourceError(at, "this request has no response", _RESPONSE_NEXT)
    if start == len(lines):
        raise SourceError(at, "this request has no response", _RESPONSE_NEXT)
    status = _RESPONSE.match(lines[start])
    if status is None:
        raise SourceError(
            start,
            f"{quoted(lines[start])} is not a status line of HTTP/1.1",
            "write HTTP/1.1, a status from 100 to 599 and its phrase, such as HTTP/1.1 200 OK",
        )
    response = _part(lines, start, starts_request)
    for number in range(response.body_line, response.end):
        if _RESPONSE.match(lines[number]) and not lines[number - 1].strip():
            raise SourceError(number, "this response follows no request", _REQUEST_FIRST)
    reason = (status["reason"] or "").strip()
    return Documented(
        method, target, request, status["version"], int(status["status"]), reason, response
    )


def starts_response(line: str) -> bool:
    return bool(_ANY_RESPONSE.match(line))


def starts_request(line: str) -> bool:
    return bool(_REQUEST.match(line))


def _request_line(line: str, at: int) -> tuple[str, str]:
    if starts_response(line):
        raise SourceError(at, "this response follows no request", _REQUEST_FIRST)
    found = _REQUEST.match(line)
    if found is None:
        raise SourceError(
            at, f"{quoted(line)} is not a request line", "write it as GET /items/7 HTTP/1.1"
        )
    method, target, version = found["method"], found["target"], found["version"]
    if method not in METHODS:
        near = get_close_matches(method.upper(), METHODS, n=1)
        hint = f' (did you mean "{near[0]}"?)' if near else ""
        raise SourceError(
            at, f'unknown method "{method}"{hint}', f"use one of {', '.join(METHODS)}"
        )
    if version not in ("1.0", "1.1"):
        raise SourceError(
            at, f"HTTP/{version} is not written as text on the wire", "write HTTP/1.1"
        )
    if not target.startswith("/"):
        raise SourceError(
            at,
            f"the target {quoted(target)} does not start with a slash",
            "write the path and the query alone, and a Host header for the host",
        )
    if not (target.isascii() and target.isprintable()) or " " in target:
        raise SourceError(
            at,
            f"the target {quoted(target)} has characters that no target on the wire has",
            "percent-encode them, a space as %20",
        )
    return method, target


def _part(lines: list[str], start: int, ends: Callable[[str], bool]) -> Part:
    """The message that starts there, up to a line after a blank one that starts the next."""
    headers = []
    at = start + 1
    while at < len(lines) and lines[at].strip():
        headers.append(_header(lines[at], at))
        at += 1
    head_end = at
    body_line = _skip(lines, at)
    end = body_line
    while end < len(lines) and not (ends(lines[end]) and not lines[end - 1].strip()):
        end += 1
    while end > body_line and not lines[end - 1].strip():
        end -= 1
    if end == body_line:
        end = body_line = head_end
    text = "\n".join(lines[start:end])
    return Part(start, end, text, tuple(headers), body_line, tuple(lines[body_line:end]))


def _header(line: str, at: int) -> Header:
    name, colon, value = line.partition(":")
    if not colon or starts_response(line):
        if starts_response(line) or starts_request(line):
            raise SourceError(
                at, "a message starts in the line after another", "write a blank line before it"
            )
        raise SourceError(
            at,
            f"{quoted(line)} is not a header line: it has no colon",
            "write a name, a colon and a value, or a blank line before the body",
        )
    if not _NAME.fullmatch(name):
        raise SourceError(
            at,
            f"{quoted(name)} is not the name of a header",
            "write the name, a colon and a value, with no space before the colon",
        )
    return Header(at, name, value.strip())


def _sendable(header: Header) -> None:
    try:
        header.value.encode("latin-1")
    except UnicodeEncodeError:
        raise SourceError(
            header.line,
            f"the value of {header.name} is not Latin-1, as HTTP sends it",
            "percent-encode it, or write it as RFC 8187 has it",
        ) from None


def _length(request: Part) -> None:
    """A Content-Length that is written has to be true."""
    for header in request.headers:
        if header.name.lower() != "content-length":
            continue
        size = len(content(request))
        if header.value != str(size):
            raise SourceError(
                header.line,
                f"the Content-Length is {header.value}, and the body has {size} bytes",
                f"write Content-Length: {size}, or leave it out: it is added when it is sent",
            )


def content(request: Part) -> bytes:
    """The body of a request as it is sent."""
    return "\n".join(request.body).encode("utf-8", "surrogatepass")
