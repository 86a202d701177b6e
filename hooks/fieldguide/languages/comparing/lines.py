"""Expected lines against the lines that a step printed; ``...`` stands for anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ...model import Mismatch
from . import problems
from .normalise import normalise, plain

ANYTHING = "..."


class _Line:
    """A line, normalised when it is first asked for; an expected line also in the pieces between
    its ``...``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.anything = text.strip() == ANYTHING
        self._whole: str | None = None
        self._pieces: tuple[list[str], list[str]] | None = None

    @property
    def whole(self) -> str:
        if self._whole is None:
            self._whole = normalise(self.text)
        return self._whole

    @property
    def pieces(self) -> tuple[list[str], list[str]]:
        """As written, and each normalised apart: what a rule knows may stand beside ``...``."""
        if self._pieces is None:
            raw = self.text.rstrip().split(ANYTHING)
            # With a NUL at its end the spaces before "..." are not spaces at the end of a line.
            own = [normalise(f"{piece}\0")[:-1] for piece in raw[:-1]]
            self._pieces = raw, [*own, normalise(raw[-1])]
        return self._pieces

    def fits(self, actual: _Line) -> bool:
        if self.text == actual.text:
            return True
        raw, own = self.pieces
        # "2026-..." fits a date only as it was printed: normalised it has another year.
        return _fits(own, actual.whole) or _fits(raw, actual.text.rstrip())


def _fits(pieces: list[str], text: str) -> bool:
    """Whether the pieces are in the text in their order, first and last at its ends.

    The leftmost place for each piece is as good as any, so nothing is ever tried again.
    """
    first, *between = pieces
    if not between:
        return first == text
    last = between.pop()
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


def fits(expected: str, actual: str) -> bool:
    """Whether a line is as expected, with ``...`` for anything and after normalising."""
    return _Line(expected).fits(_Line(actual))


def moved(mismatch: Mismatch | None, by: int) -> list[Mismatch]:
    """The mismatch in a list, its line counted from the start of the fence."""
    return [] if mismatch is None else [replace(mismatch, line=mismatch.line + by)]


def printed(output: str) -> list[str]:
    """The lines of an output, fit for a page, without blank ones at the end."""
    return trimmed(plain(output).split("\n"))


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without the blank lines at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def match(expected_lines: Sequence[str], actual_lines: Sequence[str]) -> Mismatch | None:
    """The first expected line that does not come, or None where all is as expected.

    A line ``...`` matches any lines, also none; ``...`` in a line any characters. Blank lines at
    the end do not count. The mismatch's line is an index of ``expected_lines``; where more came
    than was expected, that of the last line before it, which may be -1.
    """
    expected = [_Line(line) for line in trimmed(expected_lines)]
    actual = [_Line(line) for line in trimmed(actual_lines)]
    at = 0
    start = 0
    stops = [i for i, line in enumerate(expected) if line.anything]
    for stop in [*stops, len(expected)]:
        part = expected[start:stop]
        floating, last = start > 0, stop == len(expected)
        if not floating:
            length = _prefix(part, actual, 0)
            if length < len(part):
                return _unlike(part[length], start + length, actual, length)
            at = length
            if last and at < len(actual):
                return problems.line_differs(stop - 1, None, actual[at].text)
        elif last:
            return _at_end(part, start, actual, at)
        else:
            place = _find(part, actual, at)
            if place is None:
                return _nowhere(part, start, actual, at)
            at = place + len(part)
        start = stop + 1
    return None


def _prefix(part: list[_Line], actual: list[_Line], at: int) -> int:
    """How many lines of the part fit the lines from there on, before one does not."""
    length = 0
    while (
        length < len(part) and at + length < len(actual) and part[length].fits(actual[at + length])
    ):
        length += 1
    return length


def _find(part: list[_Line], actual: list[_Line], at: int) -> int | None:
    for place in range(at, len(actual) - len(part) + 1):
        if _prefix(part, actual, place) == len(part):
            return place
    return None


def _at_end(part: list[_Line], start: int, actual: list[_Line], at: int) -> Mismatch | None:
    """The part after the last ``...``: the output has to end with it."""
    place = len(actual) - len(part)
    if not part or (place >= at and _prefix(part, actual, place) == len(part)):
        return None
    early = _find(part, actual, at)
    if early is not None:
        after = actual[early + len(part)].text
        return problems.line_differs(start + len(part) - 1, None, after)
    return _nowhere(part, start, actual, at)


def _nowhere(part: list[_Line], start: int, actual: list[_Line], at: int) -> Mismatch:
    """The line at which the part breaks off where most of it is there."""
    lengths = [(_prefix(part, actual, place), -place) for place in range(at, len(actual))]
    length, place = max(lengths, default=(0, -at))
    if length:
        return _unlike(part[length], start + length, actual, length - place)
    return problems.line_nowhere(start, part[0].text, _text(actual, at))


def _unlike(expected: _Line, line: int, actual: list[_Line], at: int) -> Mismatch:
    return problems.line_differs(line, expected.text, _text(actual, at))


def _text(lines: list[_Line], at: int) -> str | None:
    return lines[at].text if at < len(lines) else None


def bless(expected: str, actual: str) -> str:
    """The expected text, changed where it does not hold, so that it does.

    Lines that still match stay as they are, with their ``...`` and their old dates; so do lines
    ``...``, unless everything around them and all that they could cover has gone.
    """
    old, new = expected.split("\n"), printed(actual)
    if match(old, new) is None:
        return expected
    blessed = _merged([_Line(line) for line in trimmed(old)], new)
    if match(blessed, new) is not None:
        # After normalising two lines are equal, and a "..." was kept for the wrong one of them.
        blessed = [line.rstrip() for line in new]
    return "\n".join(blessed)


def _merged(old: list[_Line], new: list[str]) -> list[str]:
    actual = [_Line(line) for line in new]
    result: list[str] = []
    wholes = [line.whole for line in actual]
    matcher = SequenceMatcher(None, _keys(old, actual), wholes, autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            result += [line.text for line in old[i:i_end]]
        else:
            result += _changed(old[i:i_end], [line.rstrip() for line in new[j:j_end]])
    return result


def _keys(old: list[_Line], actual: list[_Line]) -> list[object]:
    """Each old line as the normalised line that it fits; what fits none is equal to nothing."""
    known = {line.whole for line in actual}
    keys: list[object] = []
    for line in old:
        if line.anything:
            keys.append(line)
        elif line.whole in known:
            keys.append(line.whole)
        elif ANYTHING in line.text:
            keys.append(next((other.whole for other in actual if line.fits(other)), line))
        else:
            keys.append(line)
    return keys


def _changed(old: list[_Line], new: list[str]) -> list[str]:
    """New lines in the place of old ones: a ``...`` goes on covering what is between the lines
    that take the places of those before and after it."""
    places = [i for i, line in enumerate(old) if line.anything]
    if not places:
        return new
    if not new:
        return [old[places[0]].text] if len(places) == len(old) else []
    before, after = places[0], len(old) - places[-1] - 1
    head = new[:before]
    rest = new[before:]
    tail = rest[max(len(rest) - after, 0) :] if after else []
    return [*head, old[places[0]].text, *tail]
