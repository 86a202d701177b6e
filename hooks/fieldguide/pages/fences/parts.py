"""A page in parts that say nothing about each other, so that few of them have to be parsed."""

from __future__ import annotations

from collections.abc import Iterator

from markdown.util import STX


def parts(lines: list[str]) -> Iterator[list[str]]:
    """The page in parts that say nothing about each other.

    A paragraph or a heading that is not indented ends every list, admonition, tab, footnote,
    quote and definition before it.
    """
    start = 0
    for number, line in enumerate(lines):
        if number and line and not lines[number - 1] and (line[0].isalpha() or line[0] in "#\x02"):
            yield lines[start:number]
            start = number
    yield lines[start:]


def trimmed(part: list[str]) -> list[str]:
    """The part without a plain paragraph at its start, unless something may refer to it."""
    if "" not in part:
        return part
    end = part.index("")
    plain = all(line[0].isalpha() and STX not in line for line in part[:end])
    defined = end + 1 < len(part) and part[end + 1].lstrip().startswith(":")
    return part[end + 1 :] if plain and not defined else part
