"""Commands as they stand in a ``console`` fence: after their prompts, each with its output."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import problems
from .shell import Heredoc, Scanner, Unfinished

PROMPT = re.compile(r"(?P<prefix>\([^()\s][^()]{0,39}\) ?)?\$(?: (?P<command>.*))?$")
"""``$ ``, or a name in parentheses before it, as virtual environments have it."""

INTERRUPT = "^C"
"""What a terminal shows where Control and C are pressed."""
_PYTHON = re.compile(r"(?:\S*/)?i?(?:python|py)[\d.]*(?: -[a-zA-Z]+)*|.*\bshell")
"""A command that begins a session of Python."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, and the lines of the fence that it has."""

    line: int
    """Of its prompt, counted from 0."""
    output_line: int
    """Of the first line after it."""
    text: str
    """Without prompts; with its continuation lines and heredocs. Empty for a prompt alone."""
    output: tuple[str, ...]
    """What is expected, to the next prompt."""

    @property
    def interrupted(self) -> bool:
        """Whether the reader ends it with ^C, which the terminal shows in a line of its own."""
        return any(line.startswith(INTERRUPT) for line in self.output)


@dataclass(frozen=True, slots=True)
class Transcript:
    """A fence of commands."""

    source: str
    commands: tuple[Command, ...]
    """Those that are run, in order."""


def parse(source: str) -> Transcript:
    """The commands of a fence; raises `SourceError` where it cannot be read."""
    lines = source.split("\n")
    commands: list[Command] = []
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at == len(lines):
        raise problems.no_command()
    while at < len(lines):
        prompt = PROMPT.match(lines[at])
        if prompt is None:
            raise problems.before_the_first_command(at)
        text, start = _command(lines, at, prompt["command"] or "")
        end = start
        while end < len(lines) and not PROMPT.match(lines[end]):
            end += 1
        output = tuple(lines[start:end])
        if _PYTHON.fullmatch(text.strip()):
            session = (number for number in range(start, end) if lines[number].startswith(">>> "))
            if (number := next(session, None)) is not None:
                raise problems.session_after_command(number)
        if text.strip():
            commands.append(Command(at, start, text, output))
        elif any(line.strip() for line in output):
            raise problems.output_without_command(at)
        at = end
    if not commands:
        raise problems.no_command()
    return Transcript(source, tuple(commands))


def _command(lines: list[str], first: int, line: str) -> tuple[str, int]:
    """The whole command that starts there, and the number of the line after it."""
    scanner = Scanner()
    unfinished = scanner.feed(line)
    text = [line]
    at, read = first + 1, 0
    while True:
        if unfinished not in (Unfinished.QUOTE, Unfinished.BACKSLASH):
            for heredoc in scanner.heredocs[read:]:
                content, at = _heredoc(lines, first, at, heredoc)
                text += content
            read = len(scanner.heredocs)
        if unfinished is None:
            return "\n".join(text), at
        if at == len(lines) or PROMPT.match(lines[at]):
            raise _UNFINISHED[unfinished](first)
        text.append(_continued(lines[at]))
        unfinished = scanner.feed(f"\n{text[-1]}")
        at += 1


_UNFINISHED = {
    Unfinished.QUOTE: problems.quote_never_closes,
    Unfinished.BACKSLASH: problems.ends_with_backslash,
    Unfinished.OPERATOR: problems.ends_with_operator,
    Unfinished.BLOCK: problems.block_never_ends,
}


def _continued(line: str) -> str:
    """A line of a command without the secondary prompt."""
    return line[2:] if line.startswith("> ") else "" if line == ">" else line


def _heredoc(lines: list[str], first: int, start: int, heredoc: Heredoc) -> tuple[list[str], int]:
    """Its lines with the one that ends it; all of them may have secondary prompts, or none."""
    prompted = True
    for at in range(start, len(lines)):
        if heredoc.ended_by(lines[at]):
            return lines[start : at + 1], at + 1
        prompted = prompted and (lines[at].startswith("> ") or lines[at] == ">")
        if prompted and heredoc.ended_by(_continued(lines[at])):
            return [_continued(line) for line in lines[start : at + 1]], at + 1
    raise problems.heredoc_never_ends(first, heredoc.delimiter)
