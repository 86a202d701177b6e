"""Small rules for showing text: safe characters, counted nouns, last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The form of a name of a concept, a framework or a fence, in folders, addresses and ids."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # control characters but tab and newline
    "\u202a-\u202e\u2066-\u2069"  # direction marks
    "\ud800-\udfff\ufffe\uffff]"  # surrogates and what is no character
)

_BACKTICKS = re.compile("`+")


def slug(text: str) -> str:
    """The text as a name of that form; ``concept`` where nothing of it fits."""
    kept = "".join(c.lower() if c.isalnum() and c.isascii() else "-" for c in text)
    return "-".join(part for part in kept.split("-") if part) or "concept"


def visible(text: str) -> str:
    r"""Control characters, direction marks and surrogates as escapes such as ``\x1b``.

    They break XML and terminals, and two of them are how Python-Markdown marks stashed HTML.
    """
    text = text.replace("\r\n", "\n")
    return _INVISIBLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The text in one line, with nothing in it that controls a terminal."""
    return visible(text).replace("\n", " ")


def count(number: int, noun: str) -> str:
    """``1 check``, ``9 checks``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tail(text: str, lines: int) -> str:
    """The last lines of a text, after a line that says how many were left out."""
    whole = text.rstrip("\n").split("\n")
    if len(whole) <= lines:
        return "\n".join(whole)
    return "\n".join([f"... {count(len(whole) - lines, 'line')} before", *whole[-lines:]])


def code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Inline code: where it starts and ends with its marks, and how many they are on a side.

    Backticks in a row are closed by the next ones of the same number, as CommonMark has it.
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    closing: list[int | None] = []
    following: dict[int, int] = {}
    for number, (start, end) in reversed(list(enumerate(runs))):
        closing.append(following.get(end - start))
        following[end - start] = number
    closing.reverse()
    at = 0
    while at < len(runs):
        close = closing[at]
        if close is not None:
            start, end = runs[at]
            yield start, runs[close][1], end - start
        at = at + 1 if close is None else close + 1
