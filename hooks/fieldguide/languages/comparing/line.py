"""One line, expected or printed: whether one fits the other, and what the answer may cost."""

from __future__ import annotations

from collections.abc import Sequence

from ...base.bounds import COMPARED
from .normalise import NOTHING, Kept, normalise

ANYTHING = "..."
_EACH = 64
"""What it costs to look at a line at all, in characters."""


def apart(text: str) -> list[str]:
    """The pieces between the ``...`` of a line, for rules that know what stands beside these.

    With a NUL at its end the spaces before ``...`` are not spaces at the end of a line.
    """
    *pieces, last = text.split(ANYTHING)
    return [*(f"{piece}\0" for piece in pieces), last]


class TooMuchError(Exception):
    """Comparing would take longer than anybody waits."""


class Work:
    """What is left of the work that one comparison may take."""

    def __init__(self) -> None:
        self._left = COMPARED

    def spend(self, line: Line) -> None:
        """Account for looking at a line; raises `TooMuchError`."""
        self._left -= len(line.text) + _EACH
        if self._left < 0:
            raise TooMuchError


class Line:
    """A line, normalised when it is first asked for; an expected line also in the pieces between
    its ``...``. What is ``kept`` is not made equal."""

    def __init__(self, text: str, kept: Kept = NOTHING) -> None:
        self.text, self._kept = text, kept
        self.anything = text.strip() == ANYTHING
        """Whether it stands for any number of lines."""
        self.open = ANYTHING in text
        """Whether it fits lines that are not equal to each other."""
        self._whole: str | None = None
        self._pieces: tuple[list[str], list[str]] | None = None

    @property
    def whole(self) -> str:
        """Equal for two lines that fit each other, unless one of them is open."""
        if self._whole is None:
            self._whole = normalise(self.text.rstrip(), self._kept)
        return self._whole

    @property
    def pieces(self) -> tuple[list[str], list[str]]:
        """As written, and each normalised apart: what a rule knows may stand beside ``...``."""
        if self._pieces is None:
            text = self.text.rstrip()
            own = [normalise(piece, self._kept).removesuffix("\0") for piece in apart(text)]
            self._pieces = text.split(ANYTHING), own
        return self._pieces

    def fits(self, actual: Line) -> bool:
        """Whether a printed line is as this one says."""
        if self.text == actual.text:
            return True
        if not self.open:
            return self.whole == actual.whole
        raw, own = self.pieces
        # "2026-..." fits a date only as it was printed: normalised it has another year.
        return _in_order(own, actual.whole) or _in_order(raw, actual.text.rstrip())


def _in_order(pieces: list[str], text: str) -> bool:
    """Whether the pieces are in the text in their order, first and last at its ends.

    The leftmost place for each piece is as good as any, so nothing is ever tried again.
    """
    first, *between, last = pieces
    if len(first) + len(last) > len(text):
        return False
    if not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in between:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


class Candidates:
    """Printed lines of which one may be as expected."""

    def __init__(self, texts: Sequence[str], kept: Kept = NOTHING) -> None:
        self._lines = list({text: Line(text, kept) for text in texts}.values())
        self._first: dict[str, Line] = {}
        for line in self._lines:
            self._first.setdefault(line.whole, line)

    def fitting(self, expected: Line, work: Work) -> Line | None:
        """The first line that fits the expected one; raises `TooMuchError`."""
        if not expected.open:
            return self._first.get(expected.whole)
        for line in self._lines:
            work.spend(line)
            if expected.fits(line):
                return line
        return None
