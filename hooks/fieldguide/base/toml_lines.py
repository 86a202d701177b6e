"""The line of every key in a TOML file, which no library gives.

A tokenizer for text that `tomllib` has accepted: it steps over strings, arrays and comments, and
needs no errors of its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

Keys = tuple[str, ...]
"""The keys that lead to a value from the top of the file."""

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[\s,]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' + "|'''.*?'''(?:'{0,2})" + r"""|"(?:\\.|[^"\\])*"|'[^']*'""",
    re.DOTALL,
)
"""Of the quotes that end a string of several lines, up to two more belong to it."""
_SCALAR = re.compile(r"""[^\[\]{},#"'\r\n]+""")
"""A number, a boolean or a time, which may hold a blank."""


def lines(text: str) -> Mapping[Keys, int]:
    """The line, counted from 1, of each table and each key; of an array of tables the first.

    A table that is only named in the headers of those under it has the line of the first of them.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.implied | scanner.named


class _Scanner:
    """One pass over a text. ``at`` is where the next token starts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.named: dict[Keys, int] = {}
        self.implied: dict[Keys, int] = {}
        self._line, self._counted = 1, 0

    def document(self) -> None:
        table: Keys = ()
        self._skip(_BETWEEN)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BETWEEN)

    def _header(self) -> Keys:
        """``[table]`` or ``[[table]]``."""
        line = self._current_line()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        table = self._keys()
        self.at += brackets
        self._note((), table, line)
        return table

    def _pair(self, table: Keys) -> None:
        """``key = value``, under a table."""
        line = self._current_line()
        keys = self._keys()
        self._note(table, keys, line)
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(table + keys)

    def _value(self, keys: Keys) -> None:
        if self.text[self.at] == "[":
            self._array()
        elif self.text[self.at] == "{":
            self.at += 1
            self._skip(_BETWEEN)
            while self.text[self.at] != "}":
                self._pair(keys)
                self._skip(_BETWEEN)
            self.at += 1
        elif not self._skip(_STRING):
            self._skip(_SCALAR)

    def _array(self) -> None:
        """Step over an array with all that is in it."""
        depth = 0
        while True:
            character = self.text[self.at]
            if not (self._skip(_STRING) or self._skip(_SCALAR) or self._skip(_BETWEEN)):
                self.at += 1
                depth += (character in "[{") - (character in "]}")
                if not depth:
                    return

    def _keys(self) -> Keys:
        """A key with dots, and the blanks around it."""
        keys = []
        while True:
            self._skip(_BLANK)
            token = _KEY.match(self.text, self.at)
            assert token is not None, "tomllib has accepted this text"
            quoted = token[0][0] in "\"'"
            keys.append(tomllib.loads(f"key = {token[0]}")["key"] if quoted else token[0])
            self.at = token.end()
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def _note(self, table: Keys, keys: Keys, line: int) -> None:
        self.named.setdefault(table + keys, line)
        for count in range(1, len(keys)):
            self.implied.setdefault(table + keys[:count], line)

    def _current_line(self) -> int:
        """The line of the next token."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Step over a match that starts here; whether there was one."""
        token = pattern.match(self.text, self.at)
        if token is None or token.end() == self.at:
            return False
        self.at = token.end()
        return True
