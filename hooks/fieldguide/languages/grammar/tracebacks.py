"""Exceptions as a prompt shows them: what of their lines counts, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

HEADER = "Traceback (most recent call last):"
_HEADER = re.compile(rf"(?P<space> *)(?P<bar>[|+] )?(?:Exception Group )?{re.escape(HEADER)}$")
"""Of a group, and of what is in one, with the bar that the traceback is drawn with."""
_CALLS = {False: re.compile(r" |\.\.\.$"), True: re.compile(r" *\| (?: |\.\.\.$)")}
"""What follows it up to the exception, without and with a bar: files, lines, or dots for them."""
_PLACE = re.compile(r"<(?:stdin|python-input-\d+|pycon \d+\.\d+)>")
"""What is typed at a prompt is of no file, and each version of Python calls that otherwise."""
_TYPED = "<stdin>"
_SYNTAX = re.compile(r' *(?:\| +)?File "<[^">]*>", line \d+$')


def raises(lines: Sequence[str]) -> bool:
    """Whether lines that are expected hold an exception."""
    return any(_HEADER.match(line) or _SYNTAX.match(line) for line in lines)


def counted(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines that count, with their numbers, as every Python would write them.

    Not the calls of a traceback, which depend on the place of the code and on the version.
    """
    calls: re.Pattern[str] | None = None
    for number, line in enumerate(lines):
        if calls and calls.match(line):
            continue
        header = _HEADER.match(line)
        calls = _CALLS[header["bar"] is not None] if header else None
        yield number, _PLACE.sub(_TYPED, line)


def text(whole: str) -> str:
    """The lines of a text that count, each with its newline."""
    return "".join(f"{line}\n" for _, line in counted(whole.split("\n")[:-1]))


def plain(text: str) -> str:
    """A text whose last traceback ends with the plain name of its exception's class, as
    IGNORE_EXCEPTION_DETAIL compares it."""
    header, _, message = text.rpartition(f"{HEADER}\n")
    name = re.split("[:\n]", message, maxsplit=1)[0].rpartition(".")[2]
    return f"{header}\n{name}\n"


def written(lines: Sequence[str], number: int) -> list[str]:
    """The lines as a page shows them: dots for calls, and for the prompt's own file the name that
    it has at the example of that number."""
    result = []
    for _, line in counted(lines):
        result.append(line.replace(_TYPED, f"<python-input-{number}>"))
        if header := _HEADER.match(line):
            result.append(f"{header['space']}|     ..." if header["bar"] else "    ...")
    return result
