"""Lines that look like the marks of a fence and that the page shows as text, each explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from re import Match

from ...model import Problem
from ..includes import Line
from . import info_string, problems
from .shown_blocks import Blocks
from .superfences import MARKS, Abandoned, Candidate

_NEAR = 500
"""So many lines further down are the closing marks of a fence looked for."""


def explain(blocks: Blocks, lines: Sequence[str], places: Sequence[Line]) -> Iterator[Problem]:
    """A problem for each attempt at a fence that failed, at the line to mend.

    ``lines`` are the page's normalised ones. Marks inside an attempt are part of it, so that each
    mistake has one problem.
    """
    attempts = {abandoned.start: abandoned for abandoned in blocks.abandoned}
    shown = set(blocks.strays)
    inside = -1
    """The last line of the attempt that is being explained."""
    open_marks = ""
    """Those of an opening that was not read, whose closing marks would look like a stray."""
    bare = {
        candidate.start: candidate
        for candidate in blocks.candidates
        if _bare(_marks(lines[candidate.start]))
    }
    for number in sorted({*blocks.strays, *bare}):
        marks = _marks(lines[number])
        if number <= inside or _inline(marks):
            continue
        if number in bare:
            if marks["marks"] == open_marks:
                # The closing marks opened a fence, which took the next attempt for its content.
                yield from _taken(bare[number], lines, places)
            open_marks = ""
            continue
        if open_marks and _bare(marks) and marks["marks"] == open_marks:
            open_marks = ""
            # It opens a fence for superfences, and what that takes is a consequence.
            if number in attempts:
                inside = _last(attempts[number], lines)
            continue
        open_marks = ""
        if marks["marker"]:
            yield problems.marks_after_marker(places[number].place, lines[number].strip())
            open_marks = marks["marks"]
        elif number in attempts:
            problem, open_marks = _given_up(attempts[number], lines, places, shown)
            inside = _last(attempts[number], lines)
            yield problem
        else:
            yield info_string.misread(marks["rest"], places[number].place)
            open_marks = marks["marks"]


def _taken(candidate: Candidate, lines: Sequence[str], places: Sequence[Line]) -> Iterator[Problem]:
    """The openings that were not read, inside lines that superfences took for a fence."""
    for number in range(candidate.start + 1, candidate.end - 1):
        marks = MARKS.match(lines[number])
        if marks is None or marks["marker"] or _bare(marks) or _inline(marks):
            continue
        if not info_string.readable(marks["rest"]):
            yield info_string.misread(marks["rest"], places[number].place)


def _given_up(
    attempt: Abandoned, lines: Sequence[str], places: Sequence[Line], shown: set[int]
) -> tuple[Problem, str]:
    """Why superfences gave up an opening that it read, and the closing marks still to come."""
    opening = _marks(lines[attempt.start])
    opened = places[attempt.start]
    if closing := _closing(range(attempt.start + 1, _last(attempt, lines) + 1), opening, lines):
        number, marks = closing
        if number in shown and marks["marks"] != opening["marks"]:
            longer = len(marks["marks"]) > len(opening["marks"])
            at = places[number].place
            return problems.closing_length(at, opening["marks"], opened.number, longer), ""
        if number in shown and marks["before"] != opening["before"]:
            indent = len(opening["before"])
            return problems.closing_indent(places[number].place, opened.number, indent), ""
    if attempt.at is not None and attempt.at < len(places):
        near = range(attempt.at + 1, min(attempt.at + _NEAR, len(places)))
        later = _closing(near, opening, lines)
        at, indent = places[attempt.at].place, len(opening["before"])
        if ">" in lines[attempt.at][: indent + 1] and ">" not in opening["before"]:
            return problems.quote_in_fence(at, opened.number), opening["marks"]
        if later and later[1]["before"] == opening["before"]:
            return problems.content_indent(at, opened.number, indent), opening["marks"]
    return problems.fence_unclosed(opened.place, opening["marks"]), ""


def _closing(
    numbers: Iterable[int], opening: Match[str], lines: Sequence[str]
) -> tuple[int, Match[str]] | None:
    """The first marks that look as if they closed this opening, and none inside of it."""
    depth = 0
    for number in numbers:
        marks = MARKS.match(lines[number])
        if marks is None or marks["marker"] or _inline(marks):
            continue
        if marks["marks"][0] != opening["marks"][0]:
            continue
        if not _bare(marks):
            depth += 1
        elif depth:
            depth -= 1
        else:
            return number, marks
    return None


def _last(attempt: Abandoned, lines: Sequence[str]) -> int:
    return len(lines) - 1 if attempt.at is None else attempt.at


def _marks(line: str) -> Match[str]:
    marks = MARKS.match(line)
    assert marks is not None, "only lines with marks are strays"
    return marks


def _bare(marks: Match[str]) -> bool:
    return not marks["rest"].strip()


def _inline(marks: Match[str]) -> bool:
    """Code in a paragraph that happens to start its line."""
    return marks["marks"][0] == "`" and "`" in marks["rest"]
