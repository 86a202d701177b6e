"""Lines that look like the marks of a fence and that the page shows as text, each explained."""

from __future__ import annotations

from collections.abc import Sequence
from re import Match

from . import infostring, problems
from .blocks import MARKS, Abandoned, Blocks
from .includes import Line
from .model import Problem


def explain(blocks: Blocks, lines: Sequence[str], places: Sequence[Line]) -> list[Problem]:
    """A problem for each attempt at a fence that is none, at the line to mend.

    ``lines`` are the page's normalised ones. Marks inside an attempt are part of it, so that
    one mistake is told once.
    """
    attempts = {abandoned.start: abandoned for abandoned in blocks.abandoned}
    found: list[Problem] = []
    shown = set(blocks.strays)
    inside = -1
    """The last line of the attempt that is being explained."""
    open_marks = ""
    """Those of an opening that was not read, whose closing marks would look like a stray."""
    for number in blocks.strays:
        marks = _marks(lines[number])
        if number <= inside or _inline(marks):
            continue
        if open_marks and _bare(marks) and marks["marks"] == open_marks:
            open_marks = ""
            # It opens a fence for superfences, and what that takes is a consequence.
            if number in attempts:
                inside = _last(attempts[number], lines)
            continue
        open_marks = ""
        if marks["marker"]:
            found.append(problems.marks_after_marker(places[number].place, lines[number].strip()))
            open_marks = marks["marks"]
        elif number in attempts:
            problem, inside = _given_up(attempts[number], lines, places, shown)
            found.append(problem)
        else:
            found.append(infostring.misread(marks["rest"], places[number].place))
            open_marks = marks["marks"]
    return found


def _given_up(
    attempt: Abandoned, lines: Sequence[str], places: Sequence[Line], shown: set[int]
) -> tuple[Problem, int]:
    """Why superfences gave up an opening that it read, and the last line that belongs to it."""
    opening = _marks(lines[attempt.start])
    last = _last(attempt, lines)
    opened = places[attempt.start]
    depth = 0
    for number in range(attempt.start + 1, last + 1):
        marks = MARKS.match(lines[number])
        if marks is None or marks["marker"] or _inline(marks):
            continue
        if marks["marks"][0] != opening["marks"][0]:
            continue
        if not _bare(marks):
            depth += 1
        elif depth:
            depth -= 1
        elif number in shown:
            at = places[number].place
            if marks["marks"] != opening["marks"]:
                longer = len(marks["marks"]) > len(opening["marks"])
                return problems.closing_length(at, opening["marks"], opened.number, longer), last
            if marks["before"] != opening["before"]:
                return problems.closing_indent(at, opened.number, len(opening["before"])), last
    if attempt.at is None or attempt.at >= len(places):
        return problems.fence_unclosed(opened.place, opening["marks"]), last
    at = places[attempt.at].place
    if ">" in lines[attempt.at][: len(opening["before"]) + 1] and ">" not in opening["before"]:
        return problems.quote_in_fence(at, opened.number), last
    # Its closing marks, further down, would be told as a fence of their own.
    for number in range(attempt.at + 1, len(places)):
        marks = MARKS.match(lines[number])
        if marks is not None and number in shown:
            if _bare(marks) and marks["marks"] == opening["marks"] and not marks["marker"]:
                last = number
            break
    return problems.content_indent(at, opened.number, len(opening["before"])), last


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
