"""How much of a stranger's text is worked on: each bound far above what a guide needs.

Whoever sends a page, a data file or a snippet decides how long the engine and the site's own
libraries compute on it, outside of every sandbox. What is over a bound is refused with its place.
The largest page of the guide has 18,000 characters, its longest line 750.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Any

PAGE = 128 * 1024
"""Characters of a page, with everything that it includes."""
LINE = 5_000
"""Characters of a line of a page."""
BLOCK = 10_000
"""Characters between two blank lines of a page, outside of fences."""
FENCES = 500
"""Fences of a page, and lines that look like the marks of one."""
PARTS = 1_000
"""Headings, tabs and boxes of a page."""
NESTING = 30
"""Quotes, lists and indentations inside each other on a page; tables and lists in a data file."""
BRACKETS = 50
"""Brackets of one kind that are open at once, between two blank lines outside of fences."""
INCLUDES = 500
"""Includes of a page, with those of what it includes."""
INCLUDED = 10
"""Files that are included in each other."""

FILE = 1024 * 1024
"""Bytes of a file that is read whole: of a snippet, of a contract, of a reading list."""
TABLES = 128 * 1024
"""Bytes of a TOML file."""
KEYS = 20
"""Parts of a key with dots."""
DIGITS = 100
"""Characters of a number in a data file."""

WORD = 100
"""Characters of a word that another one may have been meant for."""
KNOWN = 500
"""Words that may have been meant."""

COMPARED = 20_000_000
"""Characters that are looked at for the lines with ``...`` of one expectation."""
PLAYED = 200_000
"""Characters of an output that a terminal is played for."""
STEPS = 4_000_000
"""Steps that such a terminal takes for what moves its cursor, scrolls and erases."""
MATCHED = 5_000_000
"""Steps for what is alike in two texts; what is left over counts as different."""


class TooMuch(Enum):
    """What is over its bound in a data file."""

    NESTING = auto()
    KEYS = auto()
    DIGITS = auto()
    ALIAS = auto()
    """In YAML: a few lines of them can stand for more than any memory holds."""
    TAG = auto()
    """In YAML: it asks for a type that what it stands before may not have."""


_TOML = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)' + r"|'''.*?(?:'{3,5}|\Z)"
    r"""|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?|\#[^\n]*|[\[{\]}.=,\n]|[^"'\#\[{\]}.=,\n]+""",
    re.DOTALL,
)
"""Strings and comments, the marks that count, and what is between them."""
_NUMBER = re.compile(r"[-+.]?[0-9][-+.:_0-9A-Za-z]*")


def in_toml(text: str) -> Iterator[tuple[int, TooMuch]]:
    """What is too much for ``tomllib``, with its line from 1."""
    line, depth, parts = 1, 0, 1
    for token in _TOML.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth = max(depth - 1, 0)
        parts = parts + 1 if mark == "." else 1 if mark in "[{]}=,\n" else parts
        if depth > NESTING:
            yield line, TooMuch.NESTING
            return
        if parts > KEYS:
            yield line, TooMuch.KEYS
            return
        if _is_long(mark.strip()):
            yield line, TooMuch.DIGITS
            return
        line += mark.count("\n")


def in_yaml(text: str, loader: Any) -> Iterator[tuple[int, TooMuch]]:
    """What is too much for PyYAML's ``loader``, with its line from 1.

    It looks at the events of the parser, which knows no recursion; whoever builds the document from
    them recurses in C, where nothing stops it. Raises YAMLError as the loader would.
    """
    import yaml

    depth = 0
    anchors: dict[str | None, int] = {}
    events: Any = yaml.parse(text, loader)
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            # Told of at what is used twice.
            yield anchors.get(event.anchor, line), TooMuch.ALIAS
            continue
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            anchors[event.anchor] = line
            if event.tag is not None:
                yield line, TooMuch.TAG
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > NESTING:
                yield line, TooMuch.NESTING
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and event.implicit[0] and _is_long(event.value):
            yield line, TooMuch.DIGITS


def _is_long(text: str) -> bool:
    """Whether it is a number, and too long for one."""
    return len(text) > DIGITS and _NUMBER.fullmatch(text) is not None
