"""``http`` fences: what an app answers, against the responses that are documented."""

from __future__ import annotations

import base64
from typing import Any

from . import bodies, matching
from .dialogue import Documented, Part, Wire, content, parse, starts_request, starts_response
from .matching import quoted
from .model import Mismatch
from .normalise import plain

__all__ = ["Wire", "bless", "compare", "message", "parse"]


def message(parsed: Wire) -> dict[str, Any]:
    """The step for the worker, which adds the Host and the Content-Length."""
    return {
        "exchanges": [
            {
                "method": exchange.method,
                "target": exchange.target,
                "headers": [[header.name, header.value] for header in exchange.request.headers],
                "body": base64.b64encode(content(exchange.request)).decode("ascii"),
            }
            for exchange in parsed.exchanges
        ]
    }


def compare(parsed: Wire, reply: dict[str, Any]) -> list[Mismatch]:
    """The responses against those that are documented: status, shown headers, body."""
    found: list[Mismatch] = []
    got = reply["exchanges"]
    for exchange, came in zip(parsed.exchanges, got, strict=False):
        found += _differences(exchange, came["response"])
    if len(got) < len(parsed.exchanges):
        missing = parsed.exchanges[len(got)]
        said = reply.get("broken") or "the requests had ended before this one"
        found.append(Mismatch(missing.request.line, str(said).replace("\n", " ")))
    return found


def _differences(exchange: Documented, came: dict[str, Any]) -> list[Mismatch]:
    found = []
    status, reason = _status(came)
    if not _same_status(exchange, came):
        expected = f"{exchange.status} {exchange.reason}".rstrip()
        actual = f"{status} {reason}".rstrip() if exchange.reason else str(status)
        said = f"expected the status {expected}, got {actual}"
        found.append(Mismatch(exchange.response.line, said, expected, actual))
    values = _values(came)
    for header in exchange.response.headers:
        actuals = values.get(header.name.lower(), [])
        if not any(matching.fits(header.value, actual) for actual in actuals):
            said = ", ".join(map(quoted, actuals)) if actuals else "no such header"
            said = f"expected {header.name}: {quoted(header.value)}, got {said}"
            found.append(
                Mismatch(header.line, said, header.value, ", ".join(actuals) if actuals else None)
            )
    response = exchange.response
    differs = bodies.match(response.body, came)
    # More than was expected is said at the last line before it.
    return found + matching.moved(differs, response.body_line)


def _status(came: dict[str, Any]) -> tuple[int, str]:
    _, status, *reason = str(came["start"]).split(" ", 2)
    return int(status), plain(" ".join(reason)).replace("\n", " ").strip()


def _same_status(exchange: Documented, came: dict[str, Any]) -> bool:
    status, reason = _status(came)
    return exchange.status == status and exchange.reason in ("", reason)


def _values(came: dict[str, Any]) -> dict[str, list[str]]:
    """The values of each header, by its name in lower case."""
    values: dict[str, list[str]] = {}
    for name, value in came["headers"]:
        values.setdefault(name.lower(), []).append(plain(value).replace("\n", "\\n").strip())
    return values


def bless(parsed: Wire, reply: dict[str, Any]) -> str:
    """The source that holds for what came: status, the values of shown headers, bodies."""
    lines = parsed.source.split("\n")
    pairs = list(zip(parsed.exchanges, reply["exchanges"], strict=False))
    for exchange, got in reversed(pairs):
        came = got["response"]
        if _differences(exchange, came):
            response = exchange.response
            lines[response.line : response.end] = [
                _blessed_status(exchange, came, lines[response.line]),
                *_blessed_headers(response, came, lines),
                *_blessed_body(response, came),
            ]
    return "\n".join(lines)


def _blessed_status(exchange: Documented, came: dict[str, Any], line: str) -> str:
    if _same_status(exchange, came):
        return line
    status, reason = _status(came)
    shown = f"{status} {reason}" if exchange.reason else str(status)
    return f"HTTP/{exchange.version} {shown}".rstrip()


def _blessed_headers(response: Part, came: dict[str, Any], lines: list[str]) -> list[str]:
    """Those that hold as they are; others with a value that came and is not shown yet, or gone."""
    values = _values(came)
    shown = response.headers
    holds = {
        header.line: next(
            (v for v in values.get(header.name.lower(), []) if matching.fits(header.value, v)), None
        )
        for header in shown
    }
    result = []
    for header in shown:
        if holds[header.line] is not None:
            result.append(lines[header.line])
            continue
        same = [other for other in shown if other.name.lower() == header.name.lower()]
        used = [holds[other.line] for other in same]
        free = [v for v in values.get(header.name.lower(), []) if v not in used]
        if free:
            holds[header.line] = free[0]
            result.append(f"{header.name}: {free[0]}".rstrip())
    return result


def _blessed_body(response: Part, came: dict[str, Any]) -> list[str]:
    """The body with the blank line before it; nothing for an empty one."""
    body = bodies.bless(response.body, came)
    lines = [
        matching.ANYTHING if starts_request(line) or starts_response(line) else line
        for line in body
    ]
    return ["", *lines] if lines else []
