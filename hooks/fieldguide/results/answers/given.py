"""What a probed framework answers, in a few words each: ``405; no Allow``."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable

from ...base.text import visible
from ...model import Exchange, Message, Outcome, Result
from ...project.probes import Probe

LONGEST = 60
"""Characters of a body in an answer."""

_USUAL = ("content-type", "content-length", "date", "server")
_NO_ANSWER = "no valid answer"


def answer(probe: Probe, exchange: Exchange | None) -> str:
    """The answer in a few words: ``405; no Allow``."""
    if exchange is None:
        return _NO_ANSWER
    words = (_word(shown, exchange.response) for shown in probe.shows)
    return "; ".join(word for word in words if word)


def _word(shown: str, response: Message) -> str:
    status = response.start.split()[1]
    word, _, rest = shown.partition(" ")
    match word:
        case "status":
            return status
        case "body":
            return _body(response) if status.startswith("2") else ""
        case "type":
            return (_field(response, "Content-Type") or "none").partition(";")[0].lower()
        case "cookie":
            return _cookie(response)
        case "fields":
            names = {name for name, _ in response.headers if name.lower() not in _USUAL}
            return ", ".join(sorted(names)) or "none"
        case "has":
            text, present, absent = (part.strip() for part in rest.split("|"))
            return present if text in response.body else absent
        case _:
            return _header(response, rest)


def _header(response: Message, name: str) -> str:
    value = _field(response, name)
    if value is None:
        return f"no {name}"
    if name == "Content-Length":
        return value
    if name == "Allow":
        value = ", ".join(sorted(re.split(r"\s*,\s*", value)))
    return f"{name}: {value}"


def _field(response: Message, name: str) -> str | None:
    values = [value for key, value in response.headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def _body(response: Message) -> str:
    """The body in one line; JSON by its value, as its spaces and escapes are nobody's concern."""
    text = " ".join(visible(response.body).split())
    with contextlib.suppress(ValueError, RecursionError):  # it is what a snippet answers
        text = visible(json.dumps(json.loads(response.body), ensure_ascii=False))
    if not text:
        return "empty body"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."


def _cookie(response: Message) -> str:
    """The attributes of the first cookie, by name."""
    attributes = (_field(response, "Set-Cookie") or "").split(";")[1:]
    names = sorted(attribute.strip().capitalize() for attribute in attributes)
    spellings = {"Httponly": "HttpOnly", "Samesite": "SameSite"}
    attributes = [
        re.sub("^[A-Za-z-]+", lambda match: spellings.get(match[0], match[0]), name)
        for name in names
    ]
    return ", ".join(attributes) or "no attributes"


def answers_of(probes: Iterable[Probe], result: Result) -> dict[str, str]:
    """The answers of one framework; nothing where it could not be asked."""
    if result.outcome is not Outcome.PASSED:
        return {}
    exchanges = {check.check.name: check.exchanges for check in result.checks}
    return {
        probe.name: answer(probe, next(iter(exchanges[probe.name]), None))
        for probe in probes
        if probe.name in exchanges
    }
