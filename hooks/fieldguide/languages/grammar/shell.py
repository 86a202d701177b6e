"""Whether a shell command goes on in the next line, and which heredocs follow it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

_HEREDOC = re.compile(
    r"<<(?P<tabs>-?)[ \t]*"
    r"(?:'(?P<single>[^'\n]+)'|\"(?P<double>[^\"\n]+)\"|\\?(?P<bare>[A-Za-z_][\w.-]*))"
)
_WORDS = re.compile(r"[;&|\n(){}]|[^\s;&|(){}]+")
_OPENS = {"if": "fi", "case": "esac", "{": "}"} | dict.fromkeys(
    ("for", "while", "until", "select"), "done"
)
_BEFORE_COMMANDS = {"{", "if", "then", "elif", "else", "while", "until", "do", "!", "time"}
_WORD_ENDS = " \t\n;&|()"
_OPERATOR = re.compile(r"(?:\|\|?|&&)\s*\Z")


class Unfinished(Enum):
    """Why a command goes on in the next line."""

    QUOTE = auto()
    BACKSLASH = auto()
    OPERATOR = auto()
    """``|``, ``||`` or ``&&``."""
    BLOCK = auto()
    """``if``, ``for``, ``case``, ``{``, ``(`` ..."""


@dataclass(frozen=True, slots=True)
class Heredoc:
    """Text for a command that follows its line."""

    delimiter: str
    tabs: bool
    """``<<-``: tabs before its lines do not count."""

    def ended_by(self, line: str) -> bool:
        """Whether this line is the one after its last."""
        return (line.lstrip("\t") if self.tabs else line) == self.delimiter


def scan(command: str) -> tuple[Unfinished | None, list[Heredoc]]:
    """Why the command goes on, if it does, and the heredocs whose text follows it."""
    heredocs: list[Heredoc] = []
    arithmetic = 0
    at, end = 0, len(command)
    code = ""  # the command without quotes and comments, to see an operator at its end
    while at < end:
        char = command[at]
        if char == "\\":
            if at + 1 == end:
                return Unfinished.BACKSLASH, heredocs
            at += 2
            code += "x"
        elif char in "'\"":
            ansi = char == "'" and command[at - 1 : at] == "$"
            close = _close(command, at + 1, char, escapes=ansi or char == '"')
            if close is None:
                return Unfinished.QUOTE, heredocs
            at = close + 1
            code += "x"
        elif char == "#" and (at == 0 or command[at - 1] in _WORD_ENDS):
            newline = command.find("\n", at)
            at = end if newline < 0 else newline
        elif command.startswith("((", at):
            arithmetic += 1
            at += 2
            code += "(("
        elif arithmetic and command.startswith("))", at):
            arithmetic -= 1
            at += 2
            code += "))"
        elif command.startswith("<<<", at):
            at += 3
            code += "<<<"
        elif not arithmetic and (match := _HEREDOC.match(command, at)):
            delimiter = match["single"] or match["double"] or match["bare"]
            heredocs.append(Heredoc(delimiter, bool(match["tabs"])))
            at = match.end()
            code += "x"
        else:
            code += char
            at += 1
    if _OPERATOR.search(code):
        return Unfinished.OPERATOR, heredocs
    return (Unfinished.BLOCK if _open(code) else None), heredocs


def _open(code: str) -> bool:
    """Whether a block is open at the end of code that has no quotes and comments."""
    closers: list[str] = []
    first = True  # a command may start here, so that "if" is no argument
    for word in _WORDS.findall(code):
        if word == "(":
            closers.append(")")
        elif first and word in _OPENS:
            closers.append(_OPENS[word])
        # A pattern of "case" closes with what nothing opened.
        elif closers and word == closers[-1] and (first or word == ")"):
            closers.pop()
        first = word in ";&|\n()" or (first and word in _BEFORE_COMMANDS)
    return bool(closers)


def _close(command: str, at: int, quote: str, escapes: bool) -> int | None:
    """Where the quote closes."""
    while at < len(command):
        if escapes and command[at] == "\\":
            at += 2
            continue
        if command[at] == quote:
            return at
        at += 1
    return None
