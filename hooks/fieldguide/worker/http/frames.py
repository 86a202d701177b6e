"""Frames of JSON on a stream between two processes: a length in four bytes, then the text."""

from __future__ import annotations

import json
import os
from typing import Any

from . import wording
from .messages import Headers, Request, Response

LONGEST = 64 * 1024 * 1024
"""Bytes of a frame; a longer one is an error."""

# Held before a snippet runs, so that one that breaks `json` breaks only what is its own.
_dumps, _loads = json.dumps, json.loads


def send(channel: int, message: dict[str, Any]) -> None:
    """Write one frame; raises OSError where nobody reads, ValueError where it is too long."""
    text = _dumps(message).encode("ascii")
    _limit(len(text))  # who reads it would refuse it, after all the work of both
    view = memoryview(len(text).to_bytes(4, "big") + text)
    while view:
        view = view[os.write(channel, view) :]


def receive(channel: int) -> dict[str, Any] | None:
    """The next frame, or None at the end; raises ValueError for anything else."""
    head = _exactly(channel, 4)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if length > LONGEST:
        raise ValueError(wording.frame_too_long(length))
    try:
        frame = _loads(_exactly(channel, length))
    except RecursionError:
        raise ValueError(wording.frame_too_deep()) from None
    if not isinstance(frame, dict):
        raise ValueError(wording.frame_not_object())
    return frame


def _limit(length: int) -> None:
    if length > LONGEST:
        raise ValueError(wording.frame_unsendable(length, LONGEST))


def _exactly(channel: int, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        chunk = os.read(channel, min(length - len(content), 1 << 20))
        if not chunk:
            if not content:
                return b""
            raise ValueError(wording.half_a_frame())
        content += chunk
    return bytes(content)


def request(message: Request) -> list[Any]:
    """A request as a frame holds it: bytes as Latin-1 text; ValueError for too long a body."""
    _limit(len(message.body))
    method, target, headers, body, *origin = message
    return [method, target, headers.fields, body.decode("latin-1"), *origin]


def to_request(parts: list[Any]) -> Request:
    """The request of a frame."""
    method, target, fields, body, *origin = parts
    headers = Headers([(name, value) for name, value in fields])
    return Request(method, target, headers, body.encode("latin-1"), *origin)


def response(message: Response) -> list[Any]:
    """A response as a frame holds it; ValueError for too long a body."""
    _limit(len(message.body))
    body = message.body.decode("latin-1")
    return [message.status, message.reason, message.headers.fields, body]
