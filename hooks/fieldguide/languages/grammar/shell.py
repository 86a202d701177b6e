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
_LONGEST = max(map(len, (*_OPENS, *_OPENS.values(), *_BEFORE_COMMANDS)))
"""Of the words that mean something; of longer ones the start is enough to tell."""


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
    scanner = Scanner()
    return scanner.feed(command), scanner.heredocs


class Scanner:
    """A command that is read once, line by line, however many lines it goes on for."""

    def __init__(self) -> None:
        self.heredocs: list[Heredoc] = []
        """Those that have started so far."""
        self._quote = ""  # that is open
        self._escapes = False  # whether a backslash means something in it
        self._escaped = False  # whether a backslash was the last character
        self._arithmetic = 0
        self._code: list[str] = []  # without quotes and comments
        self._blocks = _Blocks()

    def feed(self, text: str) -> Unfinished | None:
        """Read on, and say why the command is not at its end. What follows the first line starts
        with a newline."""
        at = 0
        if self._escaped and text:
            self._escaped = False
            at = 1
            self._code += [] if self._quote else "x"
        while at < len(text):
            at = self._in_quote(text, at) if self._quote else self._after(text, at)
        self._blocks.feed("".join(self._code))
        self._code.clear()
        if self._quote:
            return Unfinished.QUOTE
        return Unfinished.BACKSLASH if self._escaped else self._blocks.unfinished

    def _in_quote(self, text: str, at: int) -> int:
        """The place after the quote; the end where it does not close."""
        while at < len(text):
            if self._escapes and text[at] == "\\":
                self._escaped = at + 1 == len(text)
                at += 2
            elif text[at] == self._quote:
                self._quote = ""
                return at + 1
            else:
                at += 1
        return at

    def _after(self, text: str, at: int) -> int:
        """The place after what stands there."""
        char = text[at]
        if char == "\\":
            self._escaped = at + 1 == len(text)
            self._code += [] if self._escaped else "x"
            return at + 2
        if char in "'\"":
            self._quote, self._escapes = char, char == '"' or text[at - 1 : at] == "$"
            self._code += "x"
            return at + 1
        if char == "#" and (at == 0 or text[at - 1] in _WORD_ENDS):
            newline = text.find("\n", at)
            return len(text) if newline < 0 else newline
        mark = self._mark(text, at)
        self._code += mark
        return at + len(mark)

    def _mark(self, text: str, at: int) -> str:
        """The characters there that belong together, as they are written or as ``x`` each."""
        if text.startswith("((", at):
            self._arithmetic += 1
            return "(("
        if self._arithmetic and text.startswith("))", at):
            self._arithmetic -= 1
            return "))"
        if text.startswith("<<<", at):
            return "<<<"
        if not self._arithmetic and (match := _HEREDOC.match(text, at)):
            delimiter = match["single"] or match["double"] or match["bare"]
            self.heredocs.append(Heredoc(delimiter, bool(match["tabs"])))
            return "x" * len(match[0])
        return text[at]


class _Blocks:
    """The blocks of code that has no quotes and comments, and how it ends."""

    def __init__(self) -> None:
        self._closers: list[str] = []
        self._first = True  # a command may start here, so that "if" is no argument
        self._word = ""  # that may go on
        self._end = ""  # the last two characters, and one blank if any follow them

    @property
    def unfinished(self) -> Unfinished | None:
        """Why the code goes on, if it does."""
        if self._end.rstrip().endswith(("|", "&&")):
            return Unfinished.OPERATOR
        opens = self._opens(self._word)
        depth = len(self._closers) + (1 if opens else -1 if self._closes(self._word) else 0)
        return Unfinished.BLOCK if depth else None

    def feed(self, code: str) -> None:
        end = self._end + code
        written = end.rstrip()
        self._end = written[-2:] + end[len(written) :][:1]
        text = self._word + code
        self._word = ""
        for match in _WORDS.finditer(text):
            word = match[0][: _LONGEST + 1]
            if match.end() == len(text) and word not in ";&|\n(){}":
                self._word = word
            else:
                self._read(word)

    def _read(self, word: str) -> None:
        if word == "(":
            self._closers.append(")")
        elif self._opens(word):
            self._closers.append(_OPENS[word])
        elif self._closes(word):
            self._closers.pop()
        self._first = word in ";&|\n()" or (self._first and word in _BEFORE_COMMANDS)

    def _opens(self, word: str) -> bool:
        return self._first and word in _OPENS

    def _closes(self, word: str) -> bool:
        # A pattern of "case" closes with what nothing opened.
        closers = self._closers
        return bool(closers) and word == closers[-1] and (self._first or word == ")")
