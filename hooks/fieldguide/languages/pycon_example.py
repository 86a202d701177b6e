"""What a prompt shows of one example of a session, against what is expected of it."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Mismatch, Raised
from ..model.bounds import Output
from . import problems
from .comparing import lines, terminal
from .comparing.doctests import holds, reached
from .comparing.line import ANYTHING
from .comparing.other import Other, part
from .comparing.problems import line_differs
from .comparing.terminal import PAGE_TABS, TABS
from .grammar import tracebacks
from .grammar.problems import SourceError
from .grammar.pycon import BLANK, Example, parse

Ending = Callable[["ExampleReply"], str]
"""From what an example left to what a prompt shows after its output."""
_MISREAD = re.compile(r" *>>>|<BLANKLINE>\s*$")


@dataclass(frozen=True, slots=True)
class ExampleReply:
    """What one example printed and raised."""

    output: Output
    raised: Raised | None


def ends(raised: Raised | None) -> bool:
    """Whether a prompt ends with it, and says nothing of it."""
    return raised is not None and "SystemExit" in raised.names


def differs(
    example: Example, answer: ExampleReply, other: Other[ExampleReply] | None
) -> Mismatch | None:
    every = list(_shown(example, answer, other))
    if any(_holds(example, shown, others) for shown, others in every):
        return None
    raised = answer.raised
    if raised is not None and not example.raises:
        line = example.want_line if example.want else example.line
        return problems.example_raises(line, example.want, _last(raised))
    logged = tracebacks.raises(every[0][0].split("\n"))  # of an exception that somebody caught
    if raised is None and example.raises and not logged:
        line, text = _message(example)
        return problems.example_did_not_raise(line, text, every[0][0])
    # The traceback that is nearest: with all that led to it, or as doctest has it.
    differences = (_first_difference(example, shown, others) for shown, others in every)
    return max(differences, key=lambda mismatch: mismatch.line)


def _holds(example: Example, shown: str, other: Other[str] | None) -> bool:
    want, text = tracebacks.text(example.want), tracebacks.text(shown)
    others = part(other, tracebacks.text)
    if example.flags & doctest.IGNORE_EXCEPTION_DETAIL and example.raises:
        want, text = tracebacks.plain(want), tracebacks.plain(text)
        others = part(others, tracebacks.plain)
    return holds(want, text, example.flags, others)


def _shown(
    example: Example, answer: ExampleReply, other: Other[ExampleReply] | None
) -> Iterator[tuple[str, Other[str] | None]]:
    """What a prompt shows of it, each with the same of the other run: as it is, as doctest has it
    where it differs from that, and either with tabs as wide as on a page."""
    for tabs in (TABS, PAGE_TABS) if "\t" in answer.output else (TABS,):
        for ending in (_traceback, _as_in_doctest) if example.raises else (_traceback,):

            def of(left: ExampleReply, tabs: int = tabs, ending: Ending = ending) -> str:
                return _ended(example, terminal.shown(left.output + ending(left), tabs))

            yield of(answer), part(other, of)


def _traceback(answer: ExampleReply) -> str:
    """The whole traceback; nothing of what ends a session."""
    raised = answer.raised
    if raised is None or ends(raised):
        return ""
    return raised.traceback or _as_in_doctest(answer)


def _as_in_doctest(answer: ExampleReply) -> str:
    """Its header and its end."""
    return f"{tracebacks.HEADER}\n{_last(answer.raised)}" if answer.raised else ""


def _ended(example: Example, text: str) -> str:
    """As doctest can expect it: the last line ends with a newline. Blank ones at the end do not
    count, unless they are expected."""
    if not example.want.endswith(f"{BLANK}\n"):
        text = text.rstrip("\n")
    return text if not text or text.endswith("\n") else f"{text}\n"


def _last(raised: Raised) -> str:
    """How a traceback ends, without the line that a SyntaxError shows and doctest ignores."""
    lines = terminal.shown(raised.text).split("\n")
    if "SyntaxError" in raised.names:
        first_words = [re.split("[: ]", line)[0] for line in lines]
        starts = (index for index, word in enumerate(first_words) if word in raised.names)
        lines = lines[next(starts, 0) :]
    return "\n".join(lines) + "\n"


def _message(example: Example) -> tuple[int, str]:
    """The line at which an expected exception is named, and how it is."""
    wanted = example.want.split("\n")[:-1]
    counted = list(tracebacks.counted(wanted))
    headers = [at for at, (_, line) in enumerate(counted) if line.endswith(tracebacks.HEADER)]
    number, line = counted[min(headers[-1] + 1, len(counted) - 1) if headers else -1]
    return example.want_line + number, line


def _first_difference(example: Example, shown: str, other: Other[str] | None) -> Mismatch:
    """The first expected line that is not reached, whatever follows it."""
    counted = list(tracebacks.counted(example.want.split("\n")[:-1]))
    expected = [line for _, line in counted]
    text = tracebacks.text(shown)
    actual = text.split("\n")[:-1]
    want = "".join(f"{line}\n" for line in expected)
    number = reached(want, text, example.flags, part(other, tracebacks.text))
    if number < len(expected):
        line = actual[number] if number < len(actual) else None
        return line_differs(example.want_line + counted[number][0], expected[number], line)
    line = actual[len(expected)] if len(expected) < len(actual) else actual[-1] if actual else ""
    last = example.want_line + counted[-1][0] if expected else example.line
    return line_differs(last, None, line)


def expectation(
    example: Example, answer: ExampleReply, number: int, other: Other[ExampleReply] | None
) -> list[str]:
    """What to write for an example, as lines."""
    shown, others = next(_shown(example, answer, other))

    def written(text: str) -> str:
        lines = tracebacks.written(text.split("\n")[:-1], number)
        return "".join(f"{line}\n" for line in lines)

    output, others = written(shown), part(others, written)
    new = _written(output)
    if answer.raised is None and not example.raises:
        old = example.want.replace(BLANK, "").rstrip("\n")
        kept = _written(lines.bless(old, output, others) + "\n") if output else []
        want = "".join(f"{line}\n" for line in kept)
        if holds(want, output, example.flags, others):
            new = kept
    return _indented(new, example)


def _written(text: str) -> list[str]:
    """Lines as a session has them: ``...`` for one that doctest would take for a prompt or a mark,
    and the mark for a blank one at the end, which would not count."""
    lines = text.split("\n")[:-1]
    written = [ANYTHING if _MISREAD.match(line) else line.rstrip(" ") for line in lines]
    end = len(written)
    while end and not written[end - 1]:
        end -= 1
    return [*written[:end], *[BLANK] * (len(written) - end)]


def _indented(lines: list[str], example: Example) -> list[str]:
    return [" " * example.indent + line if line else line for line in lines]


def fits(
    example: Example, source: str, answer: ExampleReply, other: Other[ExampleReply] | None
) -> bool:
    """Whether the example, read again from its own lines, holds."""
    try:
        again = parse(source).examples[0]
    except SourceError:
        return False
    return again.source == example.source and differs(again, answer, other) is None
