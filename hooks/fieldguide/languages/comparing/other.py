"""The other run of a step: what only looks as if it differed from run to run, and does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .line import apart
from .normalise import NOTHING, Cause, Kept, Span, spans

Value = TypeVar("Value", covariant=True)
Part = TypeVar("Part")

_UNITS = {"s": 1.0, "ms": 1e-3, "mil": 1e-3, "mic": 1e-6, "us": 1e-6, "µs": 1e-6, "μs": 1e-6}
"""Seconds, by how a unit of time begins; the shortest unit is a nanosecond."""


@dataclass(frozen=True, slots=True)
class Other(Generic[Value]):
    """What the other run of the same step left."""

    value: Value
    moved: bool
    """Whether its clock was another one."""
    seconds: float
    """How long the shorter of the two runs took."""


def part(other: Other[Value] | None, of: Callable[[Value], Part | None]) -> Other[Part] | None:
    """A part of the other run, or another form of it; None where there is none."""
    if other is None or (value := of(other.value)) is None:
        return None
    return Other(value, other.moved, other.seconds)


def kept(expected: Iterable[str], came: Iterable[str], other: Other[Sequence[str]] | None) -> Kept:
    """What is the same in both runs of an output, and so is compared as it is.

    Without another run that is nothing: all that looks as if it differed is made equal. What came
    more often in one run than in the other, or is expected more often than it came, stands for
    something that differed and is only by chance the same as something that did not.

    Args:
        expected: the lines of the page.
        came: the lines of this run.
        other: those of the other run.
    """
    if other is None:
        return NOTHING
    wanted: Counter[Span] = Counter()
    for line in expected:
        wanted += _wanted(line)
    first, second = (
        Counter(span for line in lines for span in spans(line)) for lines in (came, other.value)
    )
    return frozenset(
        span
        for span, count in first.items()
        if count == second[span] >= wanted[span] and _shown_to_stay(span, other)
    )


def _wanted(line: str) -> Counter[Span]:
    """The spans of an expected line; a rule may know what stands beside ``...`` apart from it."""
    return Counter(spans(line)) | Counter(span for piece in apart(line) for span in spans(piece))


def doubtful(line: str) -> bool:
    """Whether an expected line holds what may differ from run to run, and may not."""
    return any(span.rule.cause is not Cause.RUN for span in _wanted(line))


def _shown_to_stay(span: Span, other: Other[Any]) -> bool:
    """Whether two runs with the same text show that the code determines it."""
    match span.rule.cause:
        case Cause.RUN:
            return False
        case Cause.CHANCE:
            return True
        case Cause.CLOCK:
            return other.moved
        case Cause.DURATION:
            return _at_least(span.text) > other.seconds


def _at_least(text: str) -> float:
    """The seconds that were measured, if they were rounded to ``2.5 s`` or to ``40ms``."""
    number = text.rstrip("abcdefghijklmnopqrstuvwxyzµμ").rstrip()
    unit = text[len(number) :].lstrip()
    scale = next((_UNITS[name] for name in _UNITS if unit.startswith(name)), 1e-9)
    return (float(number) - 10.0 ** -len(number.partition(".")[2])) * scale
