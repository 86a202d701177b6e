"""``console`` fences: commands after their prompts, and what they print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model import Mismatch, Options
from .comparing import lines as comparing_lines
from .comparing.lines import SourceError, quoted
from .grammar.shell import Heredoc, Unfinished, scan
from .language import Language, Option

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


@dataclass(frozen=True, slots=True)
class Done:
    """What one command printed, and the status that it ended with."""

    output: str
    exit: int


@dataclass(frozen=True, slots=True)
class ConsoleReply:
    """What the commands of a fence left, in order; fewer than there are where the shell ended."""

    commands: tuple[Done, ...]


class Console(Language[Transcript, ConsoleReply]):
    """A fence is a transcript: commands, each with what it prints."""

    def parse(self, source: str) -> Transcript:
        """Its commands; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Transcript, options: Options) -> Mapping[str, Any]:
        """The commands."""
        return {"commands": [command.text for command in parsed.commands]}

    def compare(self, parsed: Transcript, reply: ConsoleReply, options: Options) -> list[Mismatch]:
        """What each command printed, and its status: 0, and of the last one ``data-exit``."""
        mismatches: list[Mismatch] = []
        pairs = zip(parsed.commands, reply.commands, strict=False)
        for number, (command, done) in enumerate(pairs, start=1):
            wanted = options.exit if number == len(parsed.commands) else 0
            if done.exit != wanted:
                mismatches.append(_status(command, done, wanted))
            mismatch = comparing_lines.match(command.output, comparing_lines.printed(done.output))
            mismatches += comparing_lines.moved(mismatch, command.output_line)
        if len(reply.commands) < len(parsed.commands):
            missing = parsed.commands[len(reply.commands)]
            words = f"{quoted(missing.text)} did not run: the shell had ended"
            mismatches.append(Mismatch(missing.line, words))
        return mismatches

    def bless(self, parsed: Transcript, reply: ConsoleReply) -> str:
        """The source that holds for what came. A line that would be read as a prompt becomes
        ``...``; a status that is not as expected stays so: the fence's options say it."""
        lines = parsed.source.split("\n")
        pairs = zip(parsed.commands, reply.commands, strict=False)
        for command, done in reversed(list(pairs)):
            if comparing_lines.match(command.output, comparing_lines.printed(done.output)) is None:
                continue
            kept = comparing_lines.trimmed(command.output)
            blessed = comparing_lines.bless("\n".join(kept), done.output)
            new = [_not_a_prompt(line) for line in blessed.split("\n")] if blessed else []
            lines[command.output_line : command.output_line + len(kept)] = new
        return "\n".join(lines)

    def fails(self, parsed: Transcript, reply: ConsoleReply, options: Options) -> bool:
        """Whether a command did not run, or ended with another status than the fence says."""
        if len(reply.commands) < len(parsed.commands):
            return True
        *before, last = (done.exit for done in reply.commands)
        return any(before) or last != options.exit

    def imports(self, parsed: Transcript) -> str:
        """A program is named as the distribution that brings it: ``flask routes``."""
        words = (command.text.partition(" ")[0] for command in parsed.commands)
        return "\n".join(f"import {word}" for word in words if word.isidentifier())

    def copied(self, source: str) -> str:
        """The commands without prompts and without output."""
        try:
            return "\n".join(command.text for command in parse(source).commands)
        except SourceError:
            return ""


CONSOLE = Console(
    name="console",
    aliases=(
        *("sh", "bash", "zsh", "fish", "shell"),
        *("shell-session", "sh-session", "bash-session"),
    ),
    options=(
        Option(
            "data-exit",
            "exit",
            re.compile("[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]"),
            "a number from 0 to 255",
            'data-exit="1"',
            value=int,
        ),
    ),
    runs_unasked=False,
    output_follows=False,
    how="run it: ```console {.run}",
    how_alias="write it as ```console {.run}, with `$ ` before each command",
    reply=ConsoleReply,
)


def _status(command: Command, done: Done, wanted: int) -> Mismatch:
    words = f"expected {quoted(command.text)} to exit with {wanted}, got {done.exit}"
    if printed := comparing_lines.printed(done.output):
        words += f"; the last that it printed: {quoted(printed[-1])}"
    return Mismatch(command.line, words, str(wanted), str(done.exit))


def _not_a_prompt(line: str) -> str:
    return comparing_lines.ANYTHING if _PROMPT.match(line) else line
