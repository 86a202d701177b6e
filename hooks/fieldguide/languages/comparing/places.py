"""Where a run of expected lines stands among printed ones, found in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .line import Line, Work


@dataclass(frozen=True, slots=True)
class Place:
    """The first place of the whole run, or else of most of it."""

    at: int
    """The printed line that its first line fits."""
    length: int
    """How many of its lines fit there, one after the other; 0 where the first one fits nowhere."""


def find(part: Sequence[Line], actual: Sequence[Line], at: int, work: Work) -> Place:
    """The first place from ``at`` on where most lines of the part fit; raises `TooMuchError`.

    Bit n of ``reached`` says that the n + 1 lines up to here fit the first n + 1 of the part.
    Lines with ``...`` fit lines that are not alike, so no place can be derived from another one:
    instead all of them are kept at once, and a line costs the same whatever came before it.
    """
    fitting = _Fitting(part, work)
    best = Place(at, 0)
    reached = 0
    for number in range(at, len(actual)):
        if best.length == len(part):
            break
        reached = (reached << 1 | 1) & fitting.bits(actual[number])
        if (length := reached.bit_length()) > best.length:
            best = Place(number - length + 1, length)
    return best


class _Fitting:
    """Which lines of a part a printed line fits, as bits."""

    def __init__(self, part: Sequence[Line], work: Work) -> None:
        self._work = work
        self._plain: dict[str, int] = {}
        self._open: dict[str, tuple[Line, int]] = {}
        self._known: dict[str, int] = {}
        for number, line in enumerate(part):
            if line.open:
                _, bits = self._open.get(line.text, (line, 0))
                self._open[line.text] = line, bits | 1 << number
            else:
                self._plain[line.whole] = self._plain.get(line.whole, 0) | 1 << number

    def bits(self, actual: Line) -> int:
        if actual.text not in self._known:
            bits = self._plain.get(actual.whole, 0)
            for line, own in self._open.values():
                self._work.spend(actual)
                if line.fits(actual):
                    bits |= own
            self._known[actual.text] = bits
        return self._known[actual.text]
