"""What a terminal shows of an output: a library plays the terminal, so that nothing is imitated."""

from __future__ import annotations

import re
from typing import Any

import pyte
from pyte import modes

from ...base.bounds import PLAYED
from ...base.text import visible
from .normalise import COLOUR

TABS = 8
"""How far apart a terminal's tab stops are."""
PAGE_TABS = 4
"""How far apart they are in Markdown, which knows no tabs: what a page shows of a written one."""
_PASSED_OVER = re.compile(
    r"\x1b\[ [0-9;:]* m | \x1b\] [^\x07\x1b]* (?: \x07 | \x1b\\ )", re.VERBOSE
)
"""Colours, links and titles: they move nothing."""
_KEPT = re.compile(r"([\b\t\r\x1b]+)")
"""What moves the cursor."""
_MOVES = re.compile(r"[\b\x1b]|\r(?!\n)")
"""What makes a terminal show something else than the characters in their order."""


def shown(output: str, tabs: int = TABS) -> str:
    r"""What a terminal shows in the end of an output, colours left out; what it cannot show is
    escaped, as ``\x07``.

    No line is broken for its length, and nothing scrolls away: a page does that itself.
    """
    text = _PASSED_OVER.sub("", output.replace("\r\n", "\n"))
    if not _MOVES.search(text):
        return visible(text).expandtabs(tabs)
    if len(text) > PLAYED:
        return visible(COLOUR(text)).expandtabs(tabs)
    # What is not for the terminal is escaped before: it would take what follows for its own.
    parts = _KEPT.split(text)
    parts[::2] = map(visible, parts[::2])
    return "\n".join(_played("".join(parts), tabs))


def _played(text: str, tabs: int) -> list[str]:
    """The lines of the screen."""
    columns = max(map(len, text.split("\n"))) * (tabs if "\t" in text else 1) + 1
    screen = pyte.Screen(columns, text.count("\n") + 1)
    screen.tabstops = set(range(tabs, columns, tabs))
    screen.set_mode(modes.LNM)  # a new line begins at its start
    stream = pyte.Stream(screen)
    stream.feed(text)
    shown = [_line(screen.buffer.get(number, {})) for number in range(screen.lines)]
    while len(shown) > screen.cursor.y + 1 and not shown[-1]:
        shown.pop()
    return shown


def _line(cells: Any) -> str:
    """The characters of a line; what was erased at its end is not there."""
    width = max(cells, default=-1) + 1
    characters = (cells[column].data if column in cells else " " for column in range(width))
    return "".join(characters).rstrip(" ")
