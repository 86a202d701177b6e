"""A documented body against the one that came: JSON by value, everything else as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..model import Message, Mismatch
from .comparing import json_difference
from .comparing import lines as comparing_lines
from .comparing.lines import ANYTHING, quoted, trimmed
from .comparing.normalise import plain

_DEEPEST = 100
"""JSON that is nested deeper is compared as text."""


def match(body: Sequence[str], answer: Message) -> Mismatch | None:
    """The first difference, at a line of the body counted from 0.

    ``body`` has no blank lines at its ends; empty says that no body comes. Where a body comes all
    the same, the line is the one before.
    """
    if list(map(str.strip, body)) == [ANYTHING]:
        return None
    if answer.binary:
        said = f"the body is binary ({answer.size} bytes), which only ... can stand for"
        return Mismatch(0 if body else -1, said, "\n".join(body), None)
    actual = _lines(answer)
    if not body:
        if not actual:
            return None
        said = f"expected no body, got {quoted(actual[0])}"
        return Mismatch(-1, said, "", "\n".join(actual))
    if _cut(answer):
        if body[-1].strip() != ANYTHING:
            said = f"the body is too long to compare ({answer.size} bytes); end it with a line ..."
            return Mismatch(len(body) - 1, said)
        actual = actual[:-1]
    text = "\n".join(body)
    both = _documents(text, answer)
    if both is not None:
        difference = json_difference.difference(*both)
        if difference is None:
            return None
        path, said = difference
        line = json_difference.line_of(text, path)
        return Mismatch(line, said, text, answer.body)
    found = comparing_lines.match(body, actual)
    if found is not None and not actual:
        return Mismatch(0, f"expected {quoted(body[0])}, got no body", body[0], None)
    return found


def _lines(answer: Message) -> list[str]:
    """The body's lines without blank ones at both ends, which a fence cannot show."""
    lines = comparing_lines.printed(answer.body)
    while lines and not lines[0].strip():
        del lines[0]
    return lines


def _cut(answer: Message) -> bool:
    """Whether the record holds only the start of the body."""
    return len(answer.body.encode("utf-8", "surrogatepass")) < answer.size


def _documents(text: str, answer: Message) -> tuple[Any, Any] | None:
    """Both bodies as values, where both are JSON and the response says that it is."""
    kinds = [value for name, value in answer.headers if name.lower() == "content-type"]
    kind = kinds[0].partition(";")[0].strip().lower() if kinds else ""
    if kind != "application/json" and not kind.endswith("+json"):
        return None
    try:
        both = json.loads(text), json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return both if max(map(json_difference.depth, both)) <= _DEEPEST else None


def bless(body: Sequence[str], answer: Message) -> list[str]:
    """The lines of the body that hold for what came; ``...`` where a page cannot show it."""
    if match(body, answer) is None:
        return list(body)
    if answer.binary or _cut(answer):
        return [ANYTHING]
    actual = _lines(answer)
    if not actual:
        return []
    both = _documents("\n".join(body), answer)
    if both is not None:
        return _json(body, answer, *both)
    return trimmed(comparing_lines.bless("\n".join(body), "\n".join(actual)).split("\n"))


def _json(body: Sequence[str], answer: Message, old: Any, new: Any) -> list[str]:
    """With the author's indentation where the body had more than one line, else as it came."""
    merged = json_difference.merged(old, new)
    if len(body) > 1:
        return _dumped(merged, indent=_indentation(body)).split("\n")
    return _lines(answer) if merged == new else [_dumped(merged, None)]


def _indentation(body: Sequence[str]) -> str:
    """What the first indented line is indented by."""
    for line in body:
        indent = line[: len(line) - len(line.lstrip())]
        if indent:
            return indent
    return "  "


def _dumped(value: Any, indent: str | None) -> str:
    """As text that a page can hold: what is not visible is escaped."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    return text if plain(text) == text else json.dumps(value, indent=indent)
