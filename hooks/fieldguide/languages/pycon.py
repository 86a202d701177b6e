"""``pycon`` fences: what examples print and raise, held to doctest's own rules."""

from __future__ import annotations

import doctest
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model import Mismatch, Options, Raised
from . import problems
from .comparing import lines
from .comparing.lines import ANYTHING, SourceError, quoted
from .comparing.normalise import normalise, plain
from .grammar.pycon import BLANK, Example, Session, parse
from .language import Language

_HEADER = "Traceback (most recent call last):"
_MISREAD = re.compile(r" *>>>|<BLANKLINE>\s*$")
_CHECKER = doctest.OutputChecker()


@dataclass(frozen=True, slots=True)
class Got:
    """What one example printed and raised."""

    output: str
    raised: Raised | None


@dataclass(frozen=True, slots=True)
class PyconReply:
    """What the examples of a fence left that are not skipped, in order."""

    got: tuple[Got, ...]
    threads: tuple[Raised, ...] = ()
    """What their threads raised."""


class Pycon(Language[Session, PyconReply]):
    """A fence is a session: examples, each with what it prints or raises."""

    def parse(self, source: str) -> Session:
        """Its examples; raises `SourceError`."""
        return parse(source)

    def step(self, parsed: Session, options: Options) -> Mapping[str, Any]:
        """The examples that are not skipped."""
        return {"examples": [example.source for example in parsed.run]}

    def compare(self, parsed: Session, reply: PyconReply, options: Options) -> list[Mismatch]:
        """What each example printed or raised against what is expected."""
        mismatches = [problems.fence_raises_in_thread(thread) for thread in reply.threads[:1]]
        for example, got in zip(parsed.run, reply.got, strict=False):
            if (mismatch := _differs(example, got)) is not None:
                mismatches.append(mismatch)
        if len(reply.got) < len(parsed.run):
            missing = parsed.run[len(reply.got)]
            words = f"{quoted(_first(missing.source))} did not run: the session had ended"
            mismatches.append(Mismatch(missing.line, words))
        return mismatches

    def bless(self, parsed: Session, reply: PyconReply) -> str:
        """The source that holds for what came.

        Output that starts with ``...`` stays as it is: a doctest cannot expect it, as it reads
        such a line as a part of the source.
        """
        lines = parsed.source.split("\n")
        for example, got in reversed(list(zip(parsed.run, reply.got, strict=False))):
            if _differs(example, got) is None:
                continue
            new = _expectation(example, got)
            end = example.want_line + example.want.count("\n")
            candidate = [*lines[: example.want_line], *new, *lines[end:]]
            if _fits(example, "\n".join(candidate), got):
                lines = candidate
        return "\n".join(lines)

    def fails(self, parsed: Session, reply: PyconReply, options: Options) -> bool:
        """Whether an example raised that expects no exception, or a thread did."""
        pairs = zip(parsed.run, reply.got, strict=False)
        raised = any(got.raised and example.raises is None for example, got in pairs)
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


def _first(text: str) -> str:
    return text.partition("\n")[0]


def _differs(example: Example, got: Got) -> Mismatch | None:
    raised = got.raised
    if raised is not None:
        return _other_exception(example, raised)
    output = _output(got)
    if example.raises is not None:
        last = _message_line(example)
        expected = example.raises.rstrip("\n")
        came = quoted(output.rstrip("\n")) if output else "nothing"
        said = f"expected {quoted(_first(expected))} to be raised, got {came}"
        return Mismatch(last, said, expected, output)
    if _holds(example.want, output, example.flags):
        return None
    return _first_difference(example, output)


def _other_exception(example: Example, raised: Raised) -> Mismatch | None:
    came = _raised_text(raised)
    if example.raises is None:
        said = f"expected {quoted(_first(example.want) or None)}, got {quoted(_first(came))} raised"
        line = example.want_line if example.want else example.line
        return Mismatch(line, said, example.want or None, came.rstrip("\n"))
    expected, actual = example.raises, came
    if example.flags & doctest.IGNORE_EXCEPTION_DETAIL:
        expected, actual = _class(expected), _class(actual)
    if _holds(expected, actual, example.flags):
        return None
    said = f"expected {quoted(_first(expected))}, got {quoted(_first(actual))}"
    return Mismatch(_message_line(example), said, expected.rstrip("\n"), actual.rstrip("\n"))


def _message_line(example: Example) -> int:
    """The line at which an expected exception is named."""
    raises = example.raises or ""
    return example.want_line + example.want.count("\n") - raises.count("\n")


def _output(got: Got) -> str:
    """What was printed. doctest can expect no line without an end; so the last one gets one.
    Tabs are spaces, as doctest makes them so in what is expected."""
    output = plain(got.output).expandtabs()
    return output if not output or output.endswith("\n") else output + "\n"


def _raised_text(raised: Raised) -> str:
    """What a traceback says last. Before it a SyntaxError shows its line, which doctest ignores."""
    lines = plain(raised.text).expandtabs().split("\n")
    if "SyntaxError" in raised.names:
        starts = raised.names
        named = (i for i, line in enumerate(lines) if re.split("[: ]", line)[0] in starts)
        lines = lines[next(named, 0) :]
    return "\n".join(lines) + "\n"


def _class(text: str) -> str:
    """The plain name of an exception's class, as IGNORE_EXCEPTION_DETAIL compares it."""
    return _first(text).partition(":")[0].rpartition(".")[2] + "\n"


def _holds(want: str, got: str, flags: int) -> bool:
    """By doctest's rules, as it is or after normalising."""
    return _CHECKER.check_output(want, got, flags) or _CHECKER.check_output(
        _normal(want, flags), _normal(got, 0), flags
    )


def _normal(text: str, flags: int) -> str:
    """Normalised line by line; what stands beside a ``...`` apart from it."""
    mark = ANYTHING if flags & doctest.ELLIPSIS else "\n"
    return "\n".join(
        # With a NUL at its end a piece keeps the spaces before the "...".
        mark.join(
            [
                *(normalise(f"{piece}\0")[:-1] for piece in line.split(mark)[:-1]),
                normalise(line.split(mark)[-1]),
            ]
        )
        for line in text.split("\n")
    )


def _first_difference(example: Example, output: str) -> Mismatch:
    """The first expected line up to which the output does not go, whatever follows."""
    wanted = example.want.split("\n")[:-1]
    came = output.split("\n")[:-1]
    for number, wants in enumerate(wanted):
        line = came[number] if number < len(came) else None
        if example.flags & doctest.ELLIPSIS:
            # In a doctest "..." may stand for several lines: lines cannot be compared in pairs.
            start = "".join(f"{want}\n" for want in wanted[: number + 1])
            same = _holds(f"{start}{ANYTHING}\n", f"{output}\n", example.flags)
        else:
            same = line is not None and _holds(f"{wants}\n", f"{line}\n", example.flags)
        if not same:
            return lines.difference(example.want_line + number, wants, line)
    line = came[len(wanted)] if len(wanted) < len(came) else came[-1] if came else ""
    last = example.want_line + len(wanted) - 1 if wanted else example.line
    return lines.difference(last, None, line)


def _expectation(example: Example, got: Got) -> list[str]:
    """What to write for an example, as lines."""
    if got.raised is not None:
        text = _written(_raised_text(got.raised))
        return _indented([_HEADER, f"    {ANYTHING}", *text], example)
    output = _output(got)
    new = _written(output)
    if example.raises is None:
        old = example.want.replace(BLANK, "").rstrip("\n")
        kept = _written(lines.bless(old, output) + "\n") if output else []
        want = "".join(f"{line}\n" for line in kept)
        if _holds(want, output, example.flags):
            new = kept
    return _indented(new, example)


def _written(text: str) -> list[str]:
    """Lines as a doctest has them: blank ones marked, none that would be read as another thing."""
    lines = text.split("\n")[:-1]
    return [
        BLANK if not line.strip(" ") else ANYTHING if _MISREAD.match(line) else line.rstrip(" ")
        for line in lines
    ]


def _indented(lines: list[str], example: Example) -> list[str]:
    return [" " * example.indent + line for line in lines]


def _fits(example: Example, source: str, got: Got) -> bool:
    """Whether the example, read again, holds."""
    try:
        again = {other.line: other for other in parse(source).examples}.get(example.line)
    except SourceError:
        return False
    return again is not None and again.source == example.source and _differs(again, got) is None
