"""``console`` fences: commands after their prompts, and what they print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import matching
from .matching import SourceError, quoted
from .model import Mismatch
from .shell import Heredoc, Unfinished, scan

_PROMPT = re.compile(r"(?P<prefix>\([^()\s][^()]{0,39}\) ?)?\$(?: (?P<command>.*))?$")
"""``$ ``, or a name in parentheses before it, as virtual environments have it."""


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


@dataclass(frozen=True, slots=True)
class Transcript:
    """A fence of commands."""

    source: str
    commands: tuple[Command, ...]
    """Those that are run, in order."""


def parse(source: str) -> Transcript:
    """The commands of a fence; `SourceError` where it cannot be read."""
    lines = source.split("\n")
    commands: list[Command] = []
    at = 0
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at == len(lines):
        raise SourceError(0, "there is no command in this fence", 'write one after "$ "')
    while at < len(lines):
        prompt = _PROMPT.match(lines[at])
        if prompt is None:
            raise SourceError(
                at,
                "this line stands before the first command",
                'write "$ " before a command; what it prints follows it',
            )
        text, start = _command(lines, at, prompt["command"] or "")
        end = start
        while end < len(lines) and not _PROMPT.match(lines[end]):
            end += 1
        output = tuple(lines[start:end])
        if text.strip():
            commands.append(Command(at, start, text, output))
        elif any(line.strip() for line in output):
            raise SourceError(
                at,
                "output follows a prompt without a command",
                "write the command after the prompt",
            )
        at = end
    if not commands:
        raise SourceError(0, "there is no command in this fence", 'write one after "$ "')
    return Transcript(source, tuple(commands))


def _command(lines: list[str], first: int, line: str) -> tuple[str, int]:
    """The whole command that starts there, and the number of the line after it."""
    text = code = line  # with the text of heredocs, and without
    at, read = first + 1, 0
    while True:
        unfinished, heredocs = scan(code)
        if unfinished not in (Unfinished.QUOTE, Unfinished.BACKSLASH):
            for heredoc in heredocs[read:]:
                content, at = _heredoc(lines, first, at, heredoc)
                text += "\n" + "\n".join(content)
            read = len(heredocs)
        if unfinished is None:
            return text, at
        if at == len(lines) or _PROMPT.match(lines[at]):
            raise SourceError(first, *_UNFINISHED[unfinished])
        text += "\n" + _continued(lines[at])
        code += "\n" + _continued(lines[at])
        at += 1


_UNFINISHED = {
    Unfinished.QUOTE: (
        "a quote opens in this command and never closes",
        "close it, or write a backslash before it",
    ),
    Unfinished.BACKSLASH: (
        "this command ends with a backslash, and no line of it follows",
        "write the line that it goes on with, or remove the backslash",
    ),
    Unfinished.OPERATOR: (
        "this command ends with an operator, and no line of it follows",
        "write the line that it goes on with, or remove the operator",
    ),
    Unfinished.BLOCK: (
        "a block opens in this command and never ends",
        "write what ends it, such as done, fi, } or )",
    ),
}


def _continued(line: str) -> str:
    """A line of a command without the secondary prompt."""
    return line[2:] if line.startswith("> ") else "" if line == ">" else line


def _heredoc(lines: list[str], first: int, start: int, heredoc: Heredoc) -> tuple[list[str], int]:
    """Its lines with the one that ends it; all of them may have secondary prompts, or none."""
    prompted = True
    for at in range(start, len(lines)):
        here = lines[start : at + 1]
        if heredoc.ended_by(lines[at]):
            return here, at + 1
        prompted = prompted and (lines[at].startswith("> ") or lines[at] == ">")
        if prompted and heredoc.ended_by(_continued(lines[at])):
            return [_continued(line) for line in here], at + 1
    raise SourceError(
        first,
        f'the text after "<<" never ends: no line is {heredoc.delimiter}',
        f"write {heredoc.delimiter} on a line of its own after its last line",
    )


def message(parsed: Transcript) -> dict[str, Any]:
    """The step for the worker."""
    return {"commands": [command.text for command in parsed.commands]}


def compare(parsed: Transcript, reply: dict[str, Any], exit: int = 0) -> list[Mismatch]:
    """What each command printed, and its status: 0, and of the last one ``exit``."""
    found: list[Mismatch] = []
    got = reply["commands"]
    for number, (command, came) in enumerate(zip(parsed.commands, got, strict=False), start=1):
        wanted = exit if number == len(parsed.commands) else 0
        if came["exit"] != wanted:
            found.append(_status(command, came, wanted))
        differs = matching.match(command.output, matching.printed(came["output"]))
        found += matching.moved(differs, command.output_line)
    if len(got) < len(parsed.commands):
        missing = parsed.commands[len(got)]
        said = f"{quoted(missing.text)} did not run: the shell had ended"
        found.append(Mismatch(missing.line, said, None, None))
    return found


def _status(command: Command, came: dict[str, Any], wanted: int) -> Mismatch:
    said = f"expected {quoted(command.text)} to exit with {wanted}, got {came['exit']}"
    if printed := matching.printed(came["output"]):
        said += f"; the last that it printed: {quoted(printed[-1])}"
    return Mismatch(command.line, said, str(wanted), str(came["exit"]))


def bless(parsed: Transcript, reply: dict[str, Any]) -> str:
    """The source that holds for what came. A line that would be read as a prompt becomes
    ``...``; a status that is not as expected stays so: the fence's options say it."""
    lines = parsed.source.split("\n")
    pairs = zip(parsed.commands, reply["commands"], strict=False)
    for command, came in reversed(list(pairs)):
        if matching.match(command.output, matching.printed(came["output"])) is None:
            continue
        kept = matching.trimmed(command.output)
        blessed = matching.bless("\n".join(kept), came["output"])
        new = [_not_a_prompt(line) for line in blessed.split("\n")] if blessed else []
        lines[command.output_line : command.output_line + len(kept)] = new
    return "\n".join(lines)


def _not_a_prompt(line: str) -> str:
    return matching.ANYTHING if _PROMPT.match(line) else line
