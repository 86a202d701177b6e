"""Requests and responses as the record keeps them, for a page to show."""

from __future__ import annotations

import base64
import codecs
from typing import Any

from . import wording
from .messages import HEADERS, Headers, Request, Response

SHOWN_BYTES = 16 * 1024
"""A recorded body is cut to this length, and so are the headers with it, and a start line; pages
show them, nothing computes with them."""


def shown(start: str, headers: Headers, body: bytes) -> dict[str, Any]:
    """A message as the record keeps it."""
    cut, binary = body[:SHOWN_BYTES], False
    try:
        # The cut may go through a character: an incremental decoder forgives that, and no more.
        whole = len(body) <= SHOWN_BYTES
        text = codecs.getincrementaldecoder("utf-8")().decode(cut, final=whole)
    except UnicodeDecodeError:
        text, binary = base64.b64encode(cut).decode("ascii"), True
    return {
        "start": start[:SHOWN_BYTES],
        "headers": _shown_fields(headers),
        "body": text,
        "binary": binary,
        "size": len(body),
    }


def _shown_fields(headers: Headers) -> list[tuple[str, str]]:
    """The headers as far as a page has room for them, and then how many more there are."""
    kept: list[tuple[str, str]] = []
    room = SHOWN_BYTES
    for name, value in headers.fields[:HEADERS]:
        room -= len(name) + len(value)
        if room < 0:
            break
        kept.append((name, value))
    left = len(headers) - len(kept)
    return [*kept, ("...", wording.more_headers(left))] if left else kept


def exchange(request: Request, response: Response, note: str = "") -> dict[str, Any]:
    """One request and its response as the record keeps them.

    Args:
        request: what was sent.
        response: what came back.
        note: whose request it is, and when it was sent; empty for one like any other.
    """
    start = f"HTTP/1.1 {response.status} {response.reason}".rstrip()
    kept = {
        "request": shown(
            f"{request.method} {request.target} HTTP/1.1", request.headers, request.body
        ),
        "response": shown(start, response.headers, response.body),
    }
    return {"note": note, **kept} if note else kept
