"""What the site's own Markdown is not given: prose that it would recurse into, or read for hours.

Its patterns look from each bracket to the end of a block, and its lists, quotes and admonitions
call themselves. What stands in a fence is never looked at in this way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ...base import bounds
from ...model import Location, Problem
from .. import bound_problems

_INSIDE = re.compile(r"(?:[ ]*(?:>|(?:[-*+:]|\d+[.)])(?=[ ])))*[ ]*")
"""What puts a line inside of something: quotes, items, indentation."""
_RULE = re.compile(r"[ ]*(?:(?:-[ ]*)+|(?:\*[ ]*)+)")
"""A line across the page, which looks like items inside each other."""
_PART = re.compile(r"[ >]*(?:#|===|!!!|\?\?\?)")
"""A line that starts a heading, a tab or a box."""
_BRACKET = re.compile(r"[\[\](){}>]|<(?=[A-Za-z!?/])")
_CLOSES = dict(zip("])}>", "[({<", strict=True))


class TooMuchError(Exception):
    """A line, counted from 0, and its problem, to be made for its place."""

    def __init__(self, line: int, problem: Callable[[Location], Problem]) -> None:
        super().__init__(line)
        self.line = line
        self.problem = problem


def fences(starts: Iterable[int]) -> None:
    """Raises `TooMuchError` at the first of too many."""
    over = sorted(starts)[bounds.FENCES :]
    if over:
        raise TooMuchError(over[0], bound_problems.too_many_fences)


def prose(lines: Iterable[tuple[int, str]]) -> None:
    """Raises `TooMuchError` for the first numbered line that is too much."""
    first = size = parts = 0
    opened = dict.fromkeys("[({<", 0)
    for number, line in lines:
        if not line.strip():
            size = 0
            continue
        if not size:
            first = number
            # A tag may go on after a blank line.
            opened = {**dict.fromkeys(opened, 0), "<": opened["<"]}
        size += len(line) + 1
        if size > bounds.BLOCK:
            raise TooMuchError(first, bound_problems.block_too_long)
        if _depth(line) > bounds.NESTING:
            raise TooMuchError(number, bound_problems.nested_too_deeply)
        parts += _PART.match(line) is not None
        if parts > bounds.PARTS:
            raise TooMuchError(number, bound_problems.too_many_parts)
        for match in _BRACKET.finditer(line):
            mark = match[0]
            if mark in opened:
                opened[mark] += 1
            else:
                opened[_CLOSES[mark]] = max(opened[_CLOSES[mark]] - 1, 0)
        if max(opened.values()) > bounds.BRACKETS:
            raise TooMuchError(number, bound_problems.too_many_brackets)


def _depth(line: str) -> int:
    """How many quotes, items and indentations the line is in."""
    match = _INSIDE.match(line)
    start = match[0] if match and not _RULE.fullmatch(line) else ""
    marks = len(start.replace(" ", ""))
    return marks + (len(start) - len(start.lstrip(" "))) // 4
