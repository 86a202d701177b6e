"""Expected lines against the lines that a step printed; ``...`` stands for anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ...base.writing.changes import Matcher
from ...model import Mismatch
from . import places, problems, terminal
from .line import Candidates, Line, TooMuchError, Work
from .normalise import Kept, plain
from .other import Other, kept, part


def fits(expected: str, actual: str, other: Other[str] | None = None) -> bool:
    """Whether a line is as expected, with ``...`` for anything and after normalising."""
    same = kept([expected], [actual], part(other, lambda text: [text]))
    return Line(expected, same).fits(Line(actual, same))


def moved(mismatch: Mismatch | None, by: int) -> list[Mismatch]:
    """The mismatch in a list, its line counted from the start of the fence."""
    return [] if mismatch is None else [replace(mismatch, line=mismatch.line + by)]


def printed(output: str, tabs: int = terminal.TABS) -> list[str]:
    """The lines of an output as a terminal shows them, without blank ones at the end."""
    return trimmed(terminal.shown(output, tabs).split("\n"))


def received(body: str, tabs: int = terminal.TABS) -> list[str]:
    """The lines of what no terminal shows, such as a body, without blank ones at the end."""
    return trimmed(plain(body).expandtabs(tabs).split("\n"))


def compare(
    expected: Sequence[str], output: str, other: Other[str] | None = None
) -> Mismatch | None:
    """As `match`, of an output. A tab on a page has become spaces before anybody reads it: so one
    that is printed may be as wide as in a terminal, or as wide as on a page."""
    mismatch = match(expected, printed(output), part(other, printed))
    if mismatch is None or "\t" not in output:
        return mismatch
    on_a_page = partial(printed, tabs=terminal.PAGE_TABS)
    holds = match(expected, on_a_page(output), part(other, on_a_page)) is None
    return None if holds else mismatch


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without the blank lines at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def match(
    expected_lines: Sequence[str],
    actual_lines: Sequence[str],
    other: Other[Sequence[str]] | None = None,
) -> Mismatch | None:
    """The first expected line that does not come, or None where all is as expected.

    A line ``...`` matches any lines, also none; ``...`` in a line any characters. Blank lines at
    the end do not count. The mismatch's line is an index of ``expected_lines``; where more came
    than was expected, that of the last line before it, which may be -1.
    """
    same = kept(expected_lines, actual_lines, other)
    expected = [Line(line, same) for line in trimmed(expected_lines)]
    actual = [Line(line, same) for line in trimmed(actual_lines)]
    work = Work()
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
        elif last and _ends_with(part, actual, at):
            return None
        else:
            try:
                place = places.find(part, actual, at, work)
            except TooMuchError:
                return problems.lines_too_many(start)
            if place.length < len(part):
                return _nowhere(part, start, actual, place)
            at = place.at + place.length
            if last:
                return problems.line_differs(stop - 1, None, actual[at].text)
        start = stop + 1
    return None


def _prefix(part: list[Line], actual: list[Line], at: int) -> int:
    """How many lines of the part fit the lines from there on, before one does not."""
    length = 0
    while (
        length < len(part) and at + length < len(actual) and part[length].fits(actual[at + length])
    ):
        length += 1
    return length


def _ends_with(part: list[Line], actual: list[Line], at: int) -> bool:
    """Whether the lines from there on end with the part, which follows the last ``...``."""
    place = len(actual) - len(part)
    return not part or (place >= at and _prefix(part, actual, place) == len(part))


def _nowhere(part: list[Line], start: int, actual: list[Line], place: places.Place) -> Mismatch:
    """The line at which the part breaks off where most of it is there."""
    if place.length:
        at = place.at + place.length
        return _unlike(part[place.length], start + place.length, actual, at)
    return problems.line_nowhere(start, part[0].text, _text(actual, place.at))


def _unlike(expected: Line, line: int, actual: list[Line], at: int) -> Mismatch:
    return problems.line_differs(line, expected.text, _text(actual, at))


def _text(lines: list[Line], at: int) -> str | None:
    return lines[at].text if at < len(lines) else None


def bless(expected: str, actual: str, other: Other[str] | None = None) -> str:
    """The expected text, changed where it does not hold, so that it does.

    Lines that still match stay as they are, with their ``...`` and their old dates; so do lines
    ``...``, unless everything around them and all that they could cover has gone.
    """
    old, new, others = expected.split("\n"), printed(actual), part(other, printed)
    if compare(old, actual, other) is None:
        return expected
    try:
        blessed = _merged(trimmed(old), new, kept(old, new, others))
    except TooMuchError:
        blessed = []
    if match(blessed, new, others) is not None:
        # After normalising two lines are equal, and a "..." was kept for the wrong one of them; or
        # to find out what is to be kept would take too long.
        blessed = [line.rstrip() for line in new]
    return "\n".join(blessed)


def _merged(expected: list[str], new: list[str], same: Kept) -> list[str]:
    result: list[str] = []
    old = [Line(line, same) for line in expected]
    wholes = [Line(line, same).whole for line in new]
    for tag, i, i_end, j, j_end in Matcher(_keys(old, new, same), wholes).get_opcodes():
        if tag == "equal":
            result += [line.text for line in old[i:i_end]]
        else:
            result += _changed(old[i:i_end], [line.rstrip() for line in new[j:j_end]])
    return result


def _keys(old: list[Line], new: list[str], same: Kept) -> list[object]:
    """Each old line as the normalised line that it fits; what fits none is equal to nothing.

    Raises `TooMuchError`.
    """
    candidates, work = Candidates(new, same), Work()
    keys: list[object] = []
    for line in old:
        fitting = None if line.anything else candidates.fitting(line, work)
        keys.append(fitting.whole if fitting else line)
    return keys


def _changed(old: list[Line], new: list[str]) -> list[str]:
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
