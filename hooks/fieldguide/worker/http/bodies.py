"""What a request carries: a form, JSON, files or plain bytes, with the media type of each."""

from __future__ import annotations

import json as json_module
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from . import wording

Pairs = Mapping[str, Any] | Sequence[tuple[str, Any]]
File = tuple[str, bytes, str]
"""A file to send: its name, its content, its media type."""

MISSING: Any = object()
"""No JSON; None is a value of JSON."""

_BOUNDARY = "fieldguide-boundary"


def pairs(values: Pairs) -> list[tuple[str, str]]:
    """Names and values in order; a list as a value repeats its name."""
    items = values.items() if isinstance(values, Mapping) else values
    return [
        (name, str(item))
        for name, value in items
        for item in (value if isinstance(value, list | tuple) else [value])
    ]


def encoded(
    form: Pairs | None, json: Any, files: Mapping[str, File] | None, body: bytes | str | None
) -> tuple[bytes, str | None]:
    """A request's body and its media type, None for bytes and text; raises ValueError for two."""
    if sum([form is not None or files is not None, json is not MISSING, body is not None]) > 1:
        raise ValueError(wording.several_bodies())
    if files is not None:
        return _multipart(pairs(form or {}), files), f"multipart/form-data; boundary={_BOUNDARY}"
    if form is not None:
        return urlencode(pairs(form)).encode("ascii"), "application/x-www-form-urlencoded"
    if json is not MISSING:
        return json_module.dumps(json).encode("utf-8"), "application/json"
    if isinstance(body, str):
        return body.encode("utf-8"), None
    return body or b"", None


def _multipart(fields: list[tuple[str, str]], files: Mapping[str, File]) -> bytes:
    """Fields and files as RFC 7578 has them."""
    parts = [
        (f'form-data; name="{_inside(name)}"', None, value.encode("utf-8"))
        for name, value in fields
    ] + [
        (f'form-data; name="{_inside(field)}"; filename="{_inside(name)}"', media_type, content)
        for field, (name, content, media_type) in files.items()
    ]
    lines = []
    for disposition, media_type, content in parts:
        head = f"--{_BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
        head += f"Content-Type: {media_type}\r\n\r\n" if media_type else "\r\n"
        lines.append(head.encode("utf-8") + content + b"\r\n")
    return b"".join(lines) + f"--{_BOUNDARY}--\r\n".encode("ascii")


def _inside(name: str) -> str:
    """A name between quotation marks, escaped as browsers do."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
