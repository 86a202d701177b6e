"""Small rules for showing text: safe characters, counted nouns, last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""The form of a name of a concept, a framework or a fence, in folders, addresses and ids."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # control characters but tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # without width
    "\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufff0-\ufffb"
    "\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\u3164\ufeff\uffa0"  # blank, though some of them are letters
    "\ud800-\udfff\ufffe\uffff]"  # surrogates and what is no character
    # What chooses between two forms of the character before it, where there is none to choose of.
    "|[\ufe00-\ufe0f](?<![^\x00-\x7f\ufe00-\ufe0f].)(?!\u20e3)"
)

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""The same of ASCII, which most texts are; this is ten times faster."""
_BACKTICKS = re.compile("`+")


def slug(text: str) -> str:
    """The text as a name of that form; ``concept`` where nothing of it fits."""
    kept = "".join(c.lower() if c.isalnum() and c.isascii() else "-" for c in text)
    return "-".join(part for part in kept.split("-") if part) or "concept"


def visible(text: str) -> str:
    r"""What nobody would see, as escapes such as ``\x1b``: control characters, direction marks,
    characters without width, surrogates.

    Some break XML and terminals, two of them are how Python-Markdown marks stashed HTML, and the
    rest is how code is made to look like other code.
    """
    text = text.replace("\r\n", "\n")
    unseen = _CONTROL if text.isascii() else _INVISIBLE
    return unseen.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def invisible(text: str) -> Iterator[tuple[int, str]]:
    """Each character that `visible` would escape, with the number of its line from 1."""
    text = text.replace("\r\n", "\n")
    number = start = 0
    for match in (_CONTROL if text.isascii() else _INVISIBLE).finditer(text):
        number += text.count("\n", start, match.start())
        start = match.start()
        yield number + 1, match[0]


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
