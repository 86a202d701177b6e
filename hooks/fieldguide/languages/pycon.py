"""``pycon`` fences: whether examples print and raise what the page says, as a prompt shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..model import Mismatch, Options, Raised
from ..model.bounds import MANY, SOME
from . import problems, pycon_example
from .comparing.other import Other, part
from .grammar.problems import SourceError
from .grammar.pycon import Session, parse
from .language import ASYNC, Language, names
from .pycon_example import ExampleReply


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
        """The examples that are not skipped, and whether they may await."""
        examples = [example.source for example in parsed.run]
        return {"examples": examples, "async": options.asynchronous}

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
        missing = parsed.run[len(reply.got) :]
        for number, (example, answer) in enumerate(zip(parsed.run, reply.got, strict=False)):
            if (
                mismatch := pycon_example.differs(example, answer, _of_example(other, number))
            ) is not None:
                mismatches.append(mismatch)
            if pycon_example.ends(answer.raised) and not example.raises:
                missing = parsed.run[number + 1 :]
                break
        if missing:
            mismatches.append(problems.example_did_not_run(missing[0].line, missing[0].source))
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
            if pycon_example.differs(example, answer, others) is None:
                continue
            new = pycon_example.expectation(example, answer, number, others)
            end = example.want_line + example.want.count("\n")
            # It ends at the line after it, whatever that is.
            alone = [*lines[example.line : example.want_line], *new, *lines[end : end + 1]]
            if pycon_example.fits(example, "\n".join(alone), answer, others):
                lines[example.want_line : end] = new
        return "\n".join(lines)

    def fails(self, parsed: Session, reply: PyconReply, options: Options) -> bool:
        """Whether an example raised that expects no exception, or a thread did."""
        pairs = zip(parsed.run, reply.got, strict=False)
        raised = any(
            answer.raised and not example.raises and not pycon_example.ends(answer.raised)
            for example, answer in pairs
        )
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
    aliases=(
        *(name for name in names("Python console session") if name != "pycon"),
        *("pycon3", "ipython", "ipython3", "doctest", "python-repl"),
    ),
    options=(ASYNC,),
    runs_unasked=True,
    output_follows=False,
    how="run it: ```pycon, which runs unless it says .norun",
    how_alias="run it: ```pycon, with `>>> ` before what is typed",
    reply=PyconReply,
)


def _of_example(other: Other[PyconReply] | None, number: int) -> Other[ExampleReply] | None:
    """What the example left in the other run; None where it did not come to it."""
    return part(other, lambda reply: next(iter(reply.got[number:]), None))
