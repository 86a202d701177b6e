"""What a terminal shows of an output: a library plays the terminal, so that nothing is imitated."""

from __future__ import annotations

import contextlib
import inspect
import re
from collections.abc import Callable
from typing import Any, cast

import pyte
from pyte import modes

from ...base.bounds import PLAYED, STEPS
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
_ERASES = re.compile(r"\x1b\[[^a-zA-Z\x1b]*J")
_UNANSWERED = ("alignment_display", "reset_mode", "set_mode")
"""A picture for whoever adjusts a screen, and modes in which characters push others on."""
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
    if len(text) > PLAYED or _steps(text, tabs) > STEPS:
        return visible(COLOUR(text)).expandtabs(tabs)
    # What is not for the terminal is escaped before: it would take what follows for its own.
    parts = _KEPT.split(text)
    parts[::2] = map(visible, parts[::2])
    return "\n".join(_played("".join(parts), tabs))


def _columns(text: str, tabs: int) -> int:
    """How wide a screen is that breaks no line."""
    return max(map(len, text.split("\n"))) * (tabs if "\t" in text else 1) + 1


def _steps(text: str, tabs: int) -> int:
    """At most how many steps the library takes, besides one for each character.

    It looks through all tab stops for a tab, moves a line's characters or all lines for what moves
    or scrolls, and goes over all that is there to erase the screen.
    """
    columns, lines, escapes = _columns(text, tabs), text.count("\n") + 1, text.count("\x1b")
    moves = (escapes + text.count("\t")) * (columns + lines)
    scrolls = lines * lines if escapes else 0
    erases = len(_ERASES.findall(text)) * (len(text) + escapes * columns)
    return moves + scrolls + erases


def _played(text: str, tabs: int) -> list[str]:
    """The lines of the screen."""
    columns = _columns(text, tabs)
    screen = pyte.Screen(columns, text.count("\n") + 1)
    screen.tabstops = set(range(tabs, columns, tabs))
    screen.set_mode(modes.LNM)  # a new line begins at its start
    pyte.Stream(cast("pyte.Screen", _Obeyed(screen))).feed(text)
    shown = [_line(screen.buffer.get(number, {})) for number in range(screen.lines)]
    while len(shown) > screen.cursor.y + 1 and not shown[-1]:
        shown.pop()
    return shown


class _Obeyed:
    """A screen that is told what it can be told, and what takes no longer than is reckoned with.

    A terminal passes over numbers that are too many, that mean nothing to it, or that are private
    to another terminal; the library would raise.
    """

    def __init__(self, screen: pyte.Screen) -> None:
        self._screen = screen

    def __getattr__(self, name: str) -> Any:
        if name in _UNANSWERED:
            return lambda *numbers, **private: None
        method = getattr(self._screen, name)
        return _obeyed(method) if name in pyte.Stream.csi.values() else method


def _obeyed(method: Callable[..., None]) -> Callable[..., None]:
    """The method, called with no more than it takes."""
    takes = inspect.signature(method).parameters.values()
    kinds = [parameter.kind for parameter in takes if parameter.name != "private"]
    is_private = inspect.Parameter.VAR_KEYWORD in kinds or len(kinds) < len(takes)
    most = kinds.count(inspect.Parameter.POSITIONAL_OR_KEYWORD)
    every = inspect.Parameter.VAR_POSITIONAL in kinds

    def call(*numbers: int, **private: bool) -> None:
        if is_private or not private:
            with contextlib.suppress(UnboundLocalError):  # a number that it does not know
                method(*numbers[: None if every else most], **private)

    return call


def _line(cells: Any) -> str:
    """The characters of a line; what was erased at its end is not there."""
    width = max(cells, default=-1) + 1
    characters = (cells[column].data if column in cells else " " for column in range(width))
    return "".join(characters).rstrip(" ")
