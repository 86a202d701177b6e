"""Small rules for showing text: safe characters, counted nouns, last lines."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""How a concept, a framework and a fence are named: as folders, in addresses and in ids."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"  # control characters but tab and newline
    "\u202a-\u202e\u2066-\u2069"  # direction marks
    "\ud800-\udfff\ufffe\uffff]"  # surrogates and what is no character
)


def visible(text: str) -> str:
    r"""Control characters, direction marks and surrogates as escapes such as ``\x1b``.

    They break XML and terminals, and two of them are how Python-Markdown marks stashed HTML.
    """
    text = text.replace("\r\n", "\n")
    return _INVISIBLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The text in one line, without anything that a terminal obeys."""
    return visible(text).replace("\n", " ")


def count(number: int, noun: str) -> str:
    """``1 check``, ``9 checks``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def tail(text: str, lines: int) -> str:
    """The last lines of a text; the first of them says how many were left out."""
    every = text.rstrip("\n").split("\n")
    if len(every) <= lines:
        return "\n".join(every)
    return "\n".join([f"... {count(len(every) - lines, 'line')} before", *every[-lines:]])
