"""``pycon`` fences: whether examples print and raise what the page says, by doctest's rules."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..model import Mismatch, Options, Raised
from ..model.bounds import MANY, SOME, Output
from . import problems
from .comparing import lines
from .comparing.doctests import holds, reached
from .comparing.line import ANYTHING
from .comparing.normalise import plain
from .comparing.other import Other, part
from .comparing.problems import line_differs
from .grammar.problems import SourceError
from .grammar.pycon import BLANK, Example, Session, parse
from .language import Language

_HEADER = "Traceback (most recent call last):"
_MISREAD = re.compile(r" *>>>|<BLANKLINE>\s*$")


@dataclass(frozen=True, slots=True)
class ExampleReply:
    """What one example printed and raised."""

    output: Output
    raised: Raised | None


@dataclass(frozen=True, slots=True)
class PyconReply:
    """What the examples of a fence left that are not skipped, in order."""

    got: Annotated[tuple[ExampleReply, ...], MANY]
    threads: Annotated[tuple[Raised, ...], SOME] = ()
    """What their threads raised."""


class Pycon(Language[Session, PyconReply]):
    """A fence is a session: examples, each with what it prints or raises."""

    def parse(self, source: str) -> Session:
        """Its examples; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Session, options: Options) -> Mapping[str, Any]:
        """The examples that are not skipped."""
        return {"examples": [example.source for example in parsed.run]}

    def expected(self, parsed: Session) -> Iterator[str]:
        """What the examples print and raise."""
        for example in parsed.run:
            yield from example.want.split("\n")

    def compare(
        self,
        parsed: Session,
        reply: PyconReply,
        options: Options,
        other: Other[PyconReply] | None = None,
    ) -> list[Mismatch]:
        """What each example printed or raised against what is expected."""
        mismatches = [problems.fence_raises_in_thread(thread) for thread in reply.threads[:1]]
        for number, (example, answer) in enumerate(zip(parsed.run, reply.got, strict=False)):
            if (mismatch := _differs(example, answer, _of_example(other, number))) is not None:
                mismatches.append(mismatch)
        if len(reply.got) < len(parsed.run):
            missing = parsed.run[len(reply.got)]
            mismatches.append(problems.example_did_not_run(missing.line, missing.source))
        return mismatches

    def bless(
        self, parsed: Session, reply: PyconReply, other: Other[PyconReply] | None = None
    ) -> str:
        """The source with what its examples printed and raised.

        Output that starts with ``...`` stays as it is: a doctest cannot expect it, as it reads
        such a line as a part of the source.
        """
        lines = parsed.source.split("\n")
        pairs = enumerate(zip(parsed.run, reply.got, strict=False))
        for number, (example, answer) in reversed(list(pairs)):
            others = _of_example(other, number)
            if _differs(example, answer, others) is None:
                continue
            new = _expectation(example, answer, others)
            end = example.want_line + example.want.count("\n")
            # It ends at the line after it, whatever that is.
            alone = [*lines[example.line : example.want_line], *new, *lines[end : end + 1]]
            if _fits(example, "\n".join(alone), answer, others):
                lines[example.want_line : end] = new
        return "\n".join(lines)

    def fails(self, parsed: Session, reply: PyconReply, options: Options) -> bool:
        """Whether an example raised that expects no exception, or a thread did."""
        pairs = zip(parsed.run, reply.got, strict=False)
        raised = any(answer.raised and example.raises is None for example, answer in pairs)
        return raised or bool(reply.threads)

    def imports(self, parsed: Session) -> str:
        """The source of every example, skipped ones too."""
        return "".join(example.source for example in parsed.examples)

    def copied(self, source: str) -> str:
        """What a reader types, without prompts and without output."""
        try:
            typed = (example.typed for example in parse(source).examples)
        except SourceError:
            return ""
        return "".join(typed).rstrip("\n")


PYCON = Pycon(
    name="pycon",
    aliases=("pycon3", "ipython"),
    options=(),
    runs_unasked=True,
    output_follows=False,
    how="run it: ```pycon, which runs unless it says .norun",
    how_alias="run it: ```pycon, with `>>> ` before what is typed",
    reply=PyconReply,
)


def _of_example(other: Other[PyconReply] | None, number: int) -> Other[ExampleReply] | None:
    """What the example left in the other run; None where it did not come to it."""
    return part(other, lambda reply: next(iter(reply.got[number:]), None))


def _differs(
    example: Example, answer: ExampleReply, other: Other[ExampleReply] | None
) -> Mismatch | None:
    raised = answer.raised
    if raised is not None:
        return _other_exception(example, raised, other)
    output = _output(answer)
    if example.raises is not None:
        return problems.example_did_not_raise(_message_line(example), example.raises, output)
    others = part(other, _output)
    if holds(example.want, output, example.flags, others):
        return None
    return _first_difference(example, output, others)


def _other_exception(
    example: Example, raised: Raised, other: Other[ExampleReply] | None
) -> Mismatch | None:
    text = _raised_text(raised)
    if example.raises is None:
        line = example.want_line if example.want else example.line
        return problems.example_raises(line, example.want, text)
    expected, actual = example.raises, text
    if example.flags & doctest.IGNORE_EXCEPTION_DETAIL:
        expected, actual = _class(expected), _class(actual)
    others = part(part(other, lambda answer: answer.raised), _raised_text)
    if holds(expected, actual, example.flags, others):
        return None
    return problems.example_raises_another(_message_line(example), expected, actual)


def _message_line(example: Example) -> int:
    """The line at which an expected exception is named."""
    raises = example.raises or ""
    return example.want_line + example.want.count("\n") - raises.count("\n")


def _output(answer: ExampleReply) -> str:
    """What was printed, as doctest can expect it: the last line ends with a newline, and tabs are
    spaces."""
    output = plain(answer.output).expandtabs()
    return output if not output or output.endswith("\n") else output + "\n"


def _raised_text(raised: Raised) -> str:
    """How a traceback ends, without the line that a SyntaxError shows and doctest ignores."""
    lines = plain(raised.text).expandtabs().split("\n")
    if "SyntaxError" in raised.names:
        first_words = [re.split("[: ]", line)[0] for line in lines]
        starts = (index for index, word in enumerate(first_words) if word in raised.names)
        lines = lines[next(starts, 0) :]
    return "\n".join(lines) + "\n"


def _class(text: str) -> str:
    """The plain name of an exception's class, as IGNORE_EXCEPTION_DETAIL compares it."""
    return re.split("[:\n]", text, maxsplit=1)[0].rpartition(".")[2] + "\n"


def _first_difference(example: Example, output: str, other: Other[str] | None) -> Mismatch:
    """The first expected line that the output does not reach, whatever follows it."""
    expected = example.want.split("\n")[:-1]
    actual = output.split("\n")[:-1]
    number = reached(example.want, output, example.flags, other)
    if number < len(expected):
        line = actual[number] if number < len(actual) else None
        return line_differs(example.want_line + number, expected[number], line)
    line = actual[len(expected)] if len(expected) < len(actual) else actual[-1] if actual else ""
    last = example.want_line + len(expected) - 1 if expected else example.line
    return line_differs(last, None, line)


def _expectation(
    example: Example, answer: ExampleReply, other: Other[ExampleReply] | None
) -> list[str]:
    """What to write for an example, as lines."""
    if answer.raised is not None:
        text = _written(_raised_text(answer.raised))
        return _indented([_HEADER, f"    {ANYTHING}", *text], example)
    output = _output(answer)
    new = _written(output)
    if example.raises is None:
        old = example.want.replace(BLANK, "").rstrip("\n")
        others = part(other, _output)
        kept = _written(lines.bless(old, output, others) + "\n") if output else []
        want = "".join(f"{line}\n" for line in kept)
        if holds(want, output, example.flags, others):
            new = kept
    return _indented(new, example)


def _written(text: str) -> list[str]:
    """Lines as a doctest has them: blank ones marked, and ``...`` for a line that doctest would
    take for a prompt or a mark."""
    lines = text.split("\n")[:-1]
    return [
        BLANK if not line.strip(" ") else ANYTHING if _MISREAD.match(line) else line.rstrip(" ")
        for line in lines
    ]


def _indented(lines: list[str], example: Example) -> list[str]:
    return [" " * example.indent + line for line in lines]


def _fits(
    example: Example, source: str, answer: ExampleReply, other: Other[ExampleReply] | None
) -> bool:
    """Whether the example, read again from its own lines, holds."""
    try:
        again = parse(source).examples[0]
    except SourceError:
        return False
    return again.source == example.source and _differs(again, answer, other) is None
