"""Examples as they stand in a ``pycon`` fence, read by doctest; no line is skipped."""

from __future__ import annotations

import doctest
import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import problems, tracebacks
from .problems import SourceError

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
    raises: bool
    """Whether an exception is expected."""
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
    """The examples of a fence; raises `SourceError` where it cannot be read."""
    lines = source.split("\n")
    try:
        parsed = doctest.DocTestParser().get_examples(source)
    except ValueError as error:
        raise _located(str(error)) from None
    examples = tuple(_example(example, lines) for example in parsed)
    read = {
        number
        for example in examples
        for number in range(example.line, example.want_line + example.want.count("\n"))
    }
    for number, line in enumerate(lines):
        if number not in read and line.strip() and not _NOTHING_RUNS.match(line):
            raise _stray(number, lines)
    if not examples:
        raise problems.no_example()
    return Session(source, examples)


def _example(parsed: doctest.Example, lines: Sequence[str]) -> Example:
    flags = doctest.ELLIPSIS
    for flag, on in parsed.options.items():
        flags = flags | flag if on else flags & ~flag
    want_line = parsed.lineno + 1
    # The source does not tell: doctest drops the empty "..." at its end.
    while want_line < len(lines) and _CONTINUED.match(lines[want_line]):
        want_line += 1
    want = _wanted(parsed, lines, want_line)
    raises = tracebacks.raises(want.split("\n"))
    return Example(parsed.lineno, want_line, parsed.source, want, raises, flags, parsed.indent)


def _wanted(parsed: doctest.Example, lines: Sequence[str], first: int) -> str:
    """What is expected, to the next prompt: for doctest it ends at a blank line, and what a prompt
    shows may have some."""
    end = first
    while end < len(lines) and not _PROMPT.match(lines[end]):
        end += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    for number in range(first, end):
        if lines[number].strip() and lines[number][: parsed.indent].strip():
            raise problems.example_not_aligned(number)
    return "".join(f"{line[parsed.indent :]}\n" for line in lines[first:end])


def _located(error: str) -> SourceError:
    """What doctest's error says, in our words and at our line."""
    match = _WHERE.search(error)
    number = int(match[1]) if match else 1
    line = number - 1
    if "lacks blank" in error:
        return problems.prompt_without_space(line)
    if "inconsistent leading whitespace" in error:
        return problems.example_not_aligned(line)
    if "invalid option" in error:
        option = error.rpartition("invalid option: ")[2]
        return problems.doctest_option_unknown(line, option, doctest.OPTIONFLAGS_BY_NAME)
    return problems.doctest_option_alone(number)  # here doctest counts from 0


def _stray(number: int, lines: Sequence[str]) -> SourceError:
    """A line that doctest would skip silently."""
    if not any(_PROMPT.match(line) for line in lines[:number]):
        return problems.before_the_first_prompt(number)
    return problems.printed_by_nothing(number)
