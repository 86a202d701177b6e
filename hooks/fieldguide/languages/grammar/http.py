"""Exchanges as they stand in an ``http`` fence: each request with its response."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from . import problems

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
    """The phrase after the status; empty where none is written, and then any phrase fits."""
    response: Part


@dataclass(frozen=True, slots=True)
class Wire:
    """A fence of exchanges."""

    source: str
    exchanges: tuple[Documented, ...]


def parse(source: str) -> Wire:
    """The exchanges of a fence; raises `SourceError` where it cannot be read."""
    lines = source.split("\n")
    exchanges = []
    at = _skip(lines, 0)
    if at == len(lines):
        raise problems.no_request()
    while at < len(lines):
        documented = _exchange(lines, at)
        exchanges.append(documented)
        at = _skip(lines, documented.response.end)
    return Wire(source, tuple(exchanges))


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
            raise problems.request_without_response(at)
    if start == len(lines):
        raise problems.request_without_response(at)
    status = _RESPONSE.match(lines[start])
    if status is None:
        raise problems.not_a_status_line(start, lines[start])
    response = _part(lines, start, starts_request)
    for number in range(response.body_line, response.end):
        if _RESPONSE.match(lines[number]) and not lines[number - 1].strip():
            raise problems.response_without_request(number)
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
        raise problems.response_without_request(at)
    match = _REQUEST.match(line)
    if match is None:
        raise problems.not_a_request_line(at, line)
    method, target, version = match["method"], match["target"], match["version"]
    if method not in METHODS:
        raise problems.method_unknown(at, method, METHODS)
    if version not in ("1.0", "1.1"):
        raise problems.version_not_text(at, version)
    if not target.startswith("/"):
        raise problems.target_without_slash(at, target)
    if not (target.isascii() and target.isprintable()) or " " in target:
        raise problems.target_not_encoded(at, target)
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
            raise problems.message_after_message(at)
        raise problems.header_without_colon(at, line)
    if not _NAME.fullmatch(name):
        raise problems.not_a_header_name(at, name)
    return Header(at, name, value.strip())


def _sendable(header: Header) -> None:
    try:
        header.value.encode("latin-1")
    except UnicodeEncodeError:
        raise problems.header_not_latin_1(header.line, header.name) from None


def _length(request: Part) -> None:
    """A Content-Length that is written has to be true."""
    for header in request.headers:
        if header.name.lower() != "content-length":
            continue
        size = len(content(request))
        if header.value != str(size):
            raise problems.length_not_true(header.line, header.value, size)


def content(request: Part) -> bytes:
    """The body of a request as it is sent."""
    return "\n".join(request.body).encode("utf-8", "surrogatepass")
