"""``console`` fences: whether commands print what the page says, and end with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from ..model import Mismatch, Options
from ..model.bounds import MANY, Name, Output, Status, Words
from . import problems
from .comparing.line import ANYTHING
from .comparing.lines import bless, compare, moved, printed, trimmed
from .comparing.other import Other, part
from .grammar.console import PROMPT, Command, Transcript, parse
from .grammar.problems import SourceError
from .language import Language, Option, names

BASH = "bash"
"""The shell that readers have."""
_STARTED = re.compile(r"^\[(\d+)\] \d+\n", re.MULTILINE)
"""What a shell says of a job that it begins; the job may be the first to print."""
_JOB = re.compile(r"\[\d+\][ +-] ")


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What one command printed, and the status that it ended with."""

    output: Output
    exit: Status
    notices: Output = ""
    """What the shell said of its jobs before its next prompt."""
    serves: bool = False
    """It would never have ended, as it serves; nothing after it has run."""
    taken: Words = ""
    """Who holds the port that it wanted to have; empty where none was taken."""


@dataclass(frozen=True, slots=True)
class ConsoleReply:
    """What the commands of a fence left, in order; fewer than there are where the shell ended."""

    commands: Annotated[tuple[CommandReply, ...], MANY]
    shell: Name = BASH


def _statuses(command: Command, expected: int) -> tuple[int, ...]:
    """The statuses that a command may end with: 130 is that of one that ^C has ended."""
    return (expected, 130) if command.interrupted and not expected else (expected,)


def _seen(command: Command, answer: CommandReply) -> str:
    """What a reader sees of a command. The number of a job and of its process, and how a job ended,
    a shell tells to whoever looks: they count where the page shows them, whatever the process."""
    output = answer.output
    if (started := _STARTED.search(output)) and "&" in command.text:
        shown = [line for line in command.output if line.startswith(f"[{started[1]}] ")]
        kept = next((line for line in shown if _STARTED.fullmatch(f"{line}\n")), None)
        output = output[: started.start()] + output[started.end() :]
        output = f"{kept}\n{output}" if kept else output
    if any(_JOB.match(line) for line in command.output):
        output += answer.notices
    return output


class Console(Language[Transcript, ConsoleReply]):
    """A fence is a transcript: commands, each with what it prints."""

    def parse(self, source: str) -> Transcript:
        """Its commands; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Transcript, options: Options) -> Mapping[str, Any]:
        """The commands, and the numbers of those that are ended with ^C."""
        commands = parsed.commands
        return {
            "commands": [command.text for command in commands],
            "interrupted": [at for at, command in enumerate(commands) if command.interrupted],
        }

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
        for number, (command, answer) in enumerate(pairs):
            last = command is parsed.commands[-1]
            if answer.taken:
                mismatches.append(problems.port_taken(command.line, command.text, answer.taken))
            if answer.serves:
                return [*mismatches, problems.command_serves(command.line, command.text)]
            statuses = _statuses(command, options.exit if last else 0)
            if answer.exit not in statuses:
                output = printed(answer.output)
                mismatches.append(
                    problems.command_exits_otherwise(
                        *(command.line, command.text, statuses[0], answer.exit),
                        output[-1] if output else None,
                    )
                )
            others = _of_command(other, number, command)
            mismatch = compare(command.output, _seen(command, answer), others)
            mismatches += moved(mismatch, command.output_line)
        if len(reply.commands) < len(parsed.commands):
            missing = parsed.commands[len(reply.commands)]
            mismatches.append(problems.command_did_not_run(missing.line, missing.text))
        if reply.shell != BASH:
            return [
                replace(each, message=problems.under_another_shell(each.message, reply.shell))
                for each in mismatches
            ]
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
            seen, others = _seen(command, answer), _of_command(other, number, command)
            if compare(command.output, seen, others) is None:
                continue
            kept = trimmed(command.output)
            blessed = bless("\n".join(kept), seen, others)
            new = [_not_a_prompt(line) for line in blessed.split("\n")] if blessed else []
            lines[command.output_line : command.output_line + len(kept)] = new
        return "\n".join(lines)

    def fails(self, parsed: Transcript, reply: ConsoleReply, options: Options) -> bool:
        """Whether a command did not run, or ended with another status than the fence says."""
        if len(reply.commands) < len(parsed.commands):
            return True
        pairs = zip(parsed.commands, reply.commands, strict=True)
        return any(
            answer.serves
            or answer.exit
            not in _statuses(command, options.exit if command is parsed.commands[-1] else 0)
            for command, answer in pairs
        )

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
        *(name for name in names("Bash", "Bash Session") if name != "console"),
        *("sh-session", "bash-session"),
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


def _of_command(
    other: Other[ConsoleReply] | None, number: int, command: Command
) -> Other[str] | None:
    """What a reader sees of the command in the other run; None where it did not come to it."""
    left = part(other, lambda reply: next(iter(reply.commands[number:]), None))
    return part(left, lambda answer: _seen(command, answer))


def _not_a_prompt(line: str) -> str:
    return ANYTHING if PROMPT.match(line) else line
