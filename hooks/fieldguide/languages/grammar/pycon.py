"""Examples as they stand in a ``pycon`` fence: found by doctest, and nothing passed over."""

from __future__ import annotations

import doctest
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..comparing.lines import SourceError

BLANK = "<BLANKLINE>"
"""How a doctest writes a blank line of output."""
_PROMPT = re.compile(r" *>>>")

_WHERE = re.compile(r"line (\d+) of the (docstring|doctest)")
_CONTINUED = re.compile(r"\s*\.\.\.")
_NOTHING_RUNS = re.compile(r" *(?:>>>|\.\.\.) *(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Example:
    """One prompt with what follows it."""

    line: int
    """Of its prompt, counted from 0."""
    want_line: int
    """Of the first line that is expected of it."""
    source: str
    want: str
    """What is expected, each line with its newline; empty for nothing."""
    raises: str | None
    """The last lines of an expected traceback: ``ValueError: no such item`` and a newline."""
    flags: int
    """doctest's, with ELLIPSIS unless the example says otherwise."""
    indent: int

    @property
    def skipped(self) -> bool:
        """``# doctest: +SKIP``"""
        return bool(self.flags & doctest.SKIP)

    @property
    def typed(self) -> str:
        """Its source as an interpreter takes it: a blank line ends an indented block."""
        last = self.source.rstrip("\n").rpartition("\n")[2]
        return f"{self.source}\n" if last[:1] in (" ", "\t") else self.source


@dataclass(frozen=True, slots=True)
class Session:
    """A fence of examples."""

    source: str
    examples: tuple[Example, ...]

    @property
    def run(self) -> list[Example]:
        """The examples that are not skipped."""
        return [example for example in self.examples if not example.skipped]


def parse(source: str) -> Session:
    """The examples of a fence; `SourceError` where it cannot be read."""
    lines = source.split("\n")
    try:
        found = doctest.DocTestParser().get_examples(source)
    except ValueError as error:
        raise _located(str(error)) from None
    examples = tuple(_example(example, lines) for example in found)
    read = {
        number
        for example in examples
        for number in range(example.line, example.want_line + example.want.count("\n"))
    }
    for number, line in enumerate(lines):
        if number not in read and line.strip() and not _NOTHING_RUNS.match(line):
            raise _stray(number, lines)
    if not examples:
        raise SourceError(0, "there is no example in this fence", 'write one after ">>> "')
    return Session(source, examples)


def _example(found: doctest.Example, lines: Sequence[str]) -> Example:
    flags = doctest.ELLIPSIS
    for flag, on in found.options.items():
        flags = flags | flag if on else flags & ~flag
    want_line = found.lineno + 1
    # The source does not tell: doctest drops the empty "..." at its end.
    while want_line < len(lines) and _CONTINUED.match(lines[want_line]):
        want_line += 1
    return Example(
        found.lineno, want_line, found.source, found.want, found.exc_msg, flags, found.indent
    )


def _located(error: str) -> SourceError:
    """What doctest found wrong, in our words and at our line."""
    where = _WHERE.search(error)
    number = int(where[1]) if where else 1
    line = number - 1
    if "lacks blank" in error:
        return SourceError(
            line, "the prompt has no space after it", 'write a space after ">>>" and "..."'
        )
    if "inconsistent leading whitespace" in error:
        return SourceError(
            line,
            "this line is indented less than its prompt, or its prompt is not in line",
            "indent all lines of an example alike",
        )
    if "invalid option" in error:
        option = error.rpartition("invalid option: ")[2]
        return SourceError(
            line,
            f"doctest knows no option {option}",
            f"write + or - and one of {', '.join(doctest.OPTIONFLAGS_BY_NAME)}",
        )
    return SourceError(
        # Of this one doctest counts from 0.
        number,
        "an option of doctest stands where nothing is run",
        "write it at the end of the line of its example",
    )


def _stray(number: int, lines: Sequence[str]) -> SourceError:
    """A line that doctest passes over without a word."""
    if not any(_PROMPT.match(line) for line in lines[:number]):
        return SourceError(
            number,
            "this line stands before the first prompt",
            'write ">>> " before what is run, and prose outside of the fence',
        )
    if number and not lines[number - 1].strip():
        return SourceError(
            number,
            "this line follows a blank one, so that no example prints it",
            f"write {BLANK} for a blank line of output, and prose outside of the fence",
        )
    return SourceError(
        number,
        "nothing that is run prints this line",
        'write ">>> " before what is run, and its output after it',
    )
