"""``console`` fences: whether commands print what the page says, and end with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..model import Mismatch, Options
from ..model.bounds import MANY, Output, Status
from . import problems
from .comparing.line import ANYTHING
from .comparing.lines import bless, match, moved, printed, trimmed
from .comparing.other import Other, part
from .grammar.console import PROMPT, Transcript, parse
from .grammar.problems import SourceError
from .language import Language, Option


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What one command printed, and the status that it ended with."""

    output: Output
    exit: Status


@dataclass(frozen=True, slots=True)
class ConsoleReply:
    """What the commands of a fence left, in order; fewer than there are where the shell ended."""

    commands: Annotated[tuple[CommandReply, ...], MANY]


class Console(Language[Transcript, ConsoleReply]):
    """A fence is a transcript: commands, each with what it prints."""

    def parse(self, source: str) -> Transcript:
        """Its commands; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Transcript, options: Options) -> Mapping[str, Any]:
        """The commands."""
        return {"commands": [command.text for command in parsed.commands]}

    def expected(self, parsed: Transcript) -> Iterator[str]:
        """What the commands print."""
        for command in parsed.commands:
            yield from command.output

    def compare(
        self,
        parsed: Transcript,
        reply: ConsoleReply,
        options: Options,
        other: Other[ConsoleReply] | None = None,
    ) -> list[Mismatch]:
        """What each command printed, and its status: 0, and of the last one ``data-exit``."""
        mismatches: list[Mismatch] = []
        pairs = zip(parsed.commands, reply.commands, strict=False)
        for number, (command, answer) in enumerate(pairs, start=1):
            status = options.exit if number == len(parsed.commands) else 0
            output = printed(answer.output)
            if answer.exit != status:
                last_line = output[-1] if output else None
                mismatches.append(
                    problems.command_exits_otherwise(
                        command.line, command.text, status, answer.exit, last_line
                    )
                )
            others = _of_command(other, number - 1)
            mismatch = match(command.output, output, part(others, printed))
            mismatches += moved(mismatch, command.output_line)
        if len(reply.commands) < len(parsed.commands):
            missing = parsed.commands[len(reply.commands)]
            mismatches.append(problems.command_did_not_run(missing.line, missing.text))
        return mismatches

    def bless(
        self, parsed: Transcript, reply: ConsoleReply, other: Other[ConsoleReply] | None = None
    ) -> str:
        """The source with the output that came. A line that would be read as a prompt becomes
        ``...``. A wrong status stays: the fence's options say which one is right.
        """
        lines = parsed.source.split("\n")
        pairs = zip(parsed.commands, reply.commands, strict=False)
        for number, (command, answer) in reversed(list(enumerate(pairs))):
            others = _of_command(other, number)
            output = printed(answer.output)
            if match(command.output, output, part(others, printed)) is None:
                continue
            kept = trimmed(command.output)
            blessed = bless("\n".join(kept), answer.output, others)
            new = [_not_a_prompt(line) for line in blessed.split("\n")] if blessed else []
            lines[command.output_line : command.output_line + len(kept)] = new
        return "\n".join(lines)

    def fails(self, parsed: Transcript, reply: ConsoleReply, options: Options) -> bool:
        """Whether a command did not run, or ended with another status than the fence says."""
        if len(reply.commands) < len(parsed.commands):
            return True
        *statuses, last = (answer.exit for answer in reply.commands)
        return any(statuses) or last != options.exit

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


def _of_command(other: Other[ConsoleReply] | None, number: int) -> Other[str] | None:
    """What the command printed in the other run; None where it did not come to it."""
    left = part(other, lambda reply: next(iter(reply.commands[number:]), None))
    return part(left, lambda command: command.output)


def _not_a_prompt(line: str) -> str:
    return ANYTHING if PROMPT.match(line) else line
