"""How many lines a snippet has, and how many of them do by hand what others have in core.

The lines of Python files and of templates are counted. Blank lines, lines that hold nothing but a
comment, and the marks of sections are not.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from ...base.problems import Problems
from ...pages import sections
from ...project.cells import is_by_hand

TEMPLATES = (".html", ".htm", ".jinja", ".jinja2", ".j2", ".mako", ".pt", ".tpl", ".txt")
"""The ends of the names of templates; a ``.txt`` counts only in a folder ``templates``."""

_COMMENTS = re.compile(
    r"<!--.*?(?:-->|\Z)|\{#.*?(?:#\}|\Z)|\{%\s*comment\b.*?(?:%\}|\Z)", re.DOTALL
)
_COMMENT_LINE = re.compile(r"\s*(?:%\s*#|\$#)")
"""A comment of Bottle's and of web.py's templates."""
_NO_CODE = (
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
    *(tokenize.ENCODING, tokenize.ENDMARKER),
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Numbers of lines."""

    all: int = 0
    by_hand: int = 0
    """Those of them in sections named ``by-hand``."""


def lines(files: Mapping[str, bytes]) -> Lines:
    """The lines of a snippet's files."""
    return total(_of_file(path, content) for path, content in files.items())


def total(counts: Iterable[Lines]) -> Lines:
    """Several counts together."""
    every = list(counts)
    return Lines(sum(lines.all for lines in every), sum(lines.by_hand for lines in every))


@lru_cache(maxsize=1024)
def _of_file(path: str, content: bytes) -> Lines:
    """Kept, because a page asks for all files, and a server asks for the page after each edit."""
    pure = PurePosixPath(path)
    template = pure.suffix in TEMPLATES and (pure.suffix != ".txt" or "templates" in pure.parts)
    if pure.suffix != ".py" and not template:
        return Lines()
    text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    marked = {marker.line for marker in sections.markers(text)}
    code = (_in_python(text) if pure.suffix == ".py" else _in_template(text)) - marked
    by_hand: set[int] = set()
    for name in filter(is_by_hand, sections.names(text)):
        told = Problems()  # by collecting the project
        by_hand.update(sections.lines(told, text, name, path) or ())
    return Lines(len(code), len(code & by_hand))


def _in_python(text: str) -> set[int]:
    """The numbers of the lines with code, those of a text over several lines among them."""
    numbers: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in _NO_CODE:
                numbers.update(range(token.start[0], token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        numbers.update(range(1, text.count("\n") + 2))
    return numbers & _not_blank(text)


def _in_template(text: str) -> set[int]:
    """The numbers of the lines with anything but a comment."""
    plain = _COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    comments = (n for n, line in enumerate(plain.split("\n"), 1) if _COMMENT_LINE.match(line))
    return _not_blank(plain) - set(comments)


def _not_blank(text: str) -> set[int]:
    return {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
