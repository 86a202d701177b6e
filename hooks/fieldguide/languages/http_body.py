"""The body of an ``http`` response against the page's: JSON by value, all else as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import dropwhile
from typing import Any

from ..model import Message, Mismatch
from . import problems
from .comparing import json_difference, lines, terminal
from .comparing.line import ANYTHING
from .comparing.lines import trimmed
from .comparing.normalise import plain
from .comparing.other import Other, part

_DEEPEST = 100
"""JSON that is nested deeper is compared as text."""


def expected(body: Sequence[str]) -> Iterator[str]:
    """Its lines and, as a JSON body is compared by value, the strings in it."""
    yield from body
    try:
        level = [json.loads("\n".join(body))]
    except (ValueError, RecursionError):
        return
    while level:
        yield from (line for item in level if isinstance(item, str) for line in item.split("\n"))
        level = list(json_difference.members(level))


def match(
    body: Sequence[str], answer: Message, other: Other[Message] | None = None
) -> Mismatch | None:
    """The first difference, at a line of the body counted from 0.

    ``body`` has no blank lines at its ends. An empty one says that no body comes; where one comes
    all the same, the mismatch's line is -1, the line before.
    """
    if list(map(str.strip, body)) == [ANYTHING]:
        return None
    if answer.binary:
        return problems.body_is_binary(0 if body else -1, "\n".join(body), answer.size)
    actual = _lines(answer)
    if not body:
        return problems.body_unexpected(actual) if actual else None
    if _cut(answer):
        if body[-1].strip() != ANYTHING:
            return problems.body_too_long(len(body) - 1, answer.size)
        actual = actual[:-1]
    text = "\n".join(body)
    both = _documents(text, answer)
    if both is not None:
        difference = json_difference.difference(*both, _other_document(text, other))
        if difference is None:
            return None
        path, words = difference
        return Mismatch(json_difference.line_of(text, path), words, text, answer.body)
    mismatch = lines.match(body, actual, part(other, _lines))
    if mismatch is not None and "\t" in answer.body:
        wide = partial(_lines, tabs=terminal.PAGE_TABS)
        on_a_page = wide(answer)[: -1 if _cut(answer) else None]
        mismatch = mismatch if lines.match(body, on_a_page, part(other, wide)) else None
    return problems.body_missing(body[0]) if mismatch is not None and not actual else mismatch


def _lines(answer: Message, tabs: int = terminal.TABS) -> list[str]:
    """The body's lines without blank ones at both ends, which a fence cannot show."""
    return list(dropwhile(lambda line: not line.strip(), lines.received(answer.body, tabs)))


def _cut(answer: Message) -> bool:
    """Whether the record holds only the start of the body."""
    return len(answer.body.encode("utf-8", "surrogatepass")) < answer.size


def _documents(text: str, answer: Message) -> tuple[Any, Any] | None:
    """Both bodies as values, where both are JSON and the response says that it is."""
    types = [value for name, value in answer.headers if name.lower() == "content-type"]
    media_type = types[0].partition(";")[0].strip().lower() if types else ""
    if media_type != "application/json" and not media_type.endswith("+json"):
        return None
    try:
        both = json.loads(text), json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return both if max(map(json_difference.depth, both)) <= _DEEPEST else None


def _other_document(text: str, other: Other[Message] | None) -> Other[Any] | None:
    """The document of the other run, where it is one."""
    return part(part(other, lambda answer: _documents(text, answer)), lambda both: both[1])


def bless(body: Sequence[str], answer: Message, other: Other[Message] | None = None) -> list[str]:
    """The lines of the body that came; ``...`` where a page cannot show it."""
    if match(body, answer, other) is None:
        return list(body)
    if answer.binary or _cut(answer):
        return [ANYTHING]
    actual = _lines(answer)
    if not actual:
        return []
    both = _documents("\n".join(body), answer)
    if both is not None:
        old, new = both
        merged = json_difference.merged(old, new, _other_document("\n".join(body), other))
        return _json(body, answer, merged, new)
    others = part(other, lambda message: "\n".join(_lines(message)))
    return trimmed(lines.bless("\n".join(body), "\n".join(actual), others).split("\n"))


def _json(body: Sequence[str], answer: Message, merged: Any, new: Any) -> list[str]:
    """The new document, with the author's indentation where the body had more than one line."""
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
