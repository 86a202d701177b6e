"""What a group's processes left, cut into its steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..languages.comparing.other import Other, part
from ..languages.python import PYTHON
from ..model import DamagedRecord, Entry, Fence, Group, GroupRecord, Location, Mismatch, Reply
from ..pages import groups
from ..running.stacks import last_stack


@dataclass(frozen=True, slots=True)
class Damaged:
    """What a step left, where that is not a record of its language."""

    why: str


class FenceReplies:
    """The steps of a group, as far as its process got."""

    def __init__(self, group: Group, reply: Reply) -> None:
        entries = [entry for entry, _ in groups.steps(group)]
        self._fences = [entry.fence for entry in entries]
        mark = re.escape(reply.mark)
        first, *rest = re.split(rf"\n?\x1e{mark} ([^\x1e]*)\x1e\n", reply.output)
        marks, texts = rest[::2], rest[1::2]
        self.text = "".join([first, *texts])
        """Everything that was printed."""
        record = reply.record if isinstance(reply.record, GroupRecord) else None
        self.damage = self._damage(marks, reply)
        """What is wrong with what its process left as a whole; empty where nothing is."""
        known = [] if self.damage else texts[: len(marks) - (marks[-1:] == ["end"])]
        self.outputs = dict(enumerate(known))
        """What each step printed."""
        last = max(self.outputs, default=0)
        self.first = 0 if record else last
        """The first step that can be judged: without a record, the last that was begun."""
        self.refusal = record.error.message if record and record.error else None
        """Why the group could not go on, as its process says; None where it says nothing."""
        self.ended_well = not (reply.stopped or reply.exit or self.refusal is not None)
        """Whether the process came to its end by itself."""
        steps = record.steps if record else ()
        # What was stopped or crashed is no pass, whatever it says of its last step.
        steps = steps if self.ended_well else steps[:last]
        self.steps: Sequence[Any] = [
            _read(entry, step) for entry, step in zip(entries, steps, strict=False)
        ]
        """The reply of each step that has one: its language's record, `Damaged`, or None for a
        file that was written."""
        self.other: Other[FenceReplies] | None = None
        """The other run of the group, if there is one."""

    def _damage(self, marks: Sequence[str], reply: Reply) -> str:
        """The worker marks the begin of each step in its order, and the end; a fence that has
        found the mark in its process may have written it, too."""
        if isinstance(reply.record, DamagedRecord) and not (reply.stopped or reply.exit):
            return reply.record.why
        begun = marks[:-1] if marks[-1:] == ["end"] else marks
        if begun != [str(step) for step in range(len(begun))] or len(begun) > len(self._fences):
            return "its output holds marks of steps that are not the engine's"
        if isinstance(reply.record, GroupRecord) and len(reply.record.steps) > len(self._fences):
            return "it tells of more steps than there are"
        return ""

    def other_record(self, index: int) -> Other[Any] | None:
        """What the same step left in the other run, as the record of its language."""
        step = part(self.other, lambda run: next(iter(run.steps[index : index + 1]), None))
        return None if step is None or isinstance(step.value, Damaged) else step

    def other_output(self, index: int) -> Other[str] | None:
        """What the same step printed in the other run."""
        return part(self.other, lambda run: run.outputs.get(index))

    def fails(self, index: int, entry: Entry) -> bool:
        """Whether the code of a step failed: nothing that it left can then be what is expected."""
        reply, language = self.steps[index], groups.language(entry.fence)
        if isinstance(reply, Damaged):
            return True
        if language is None:
            return False
        return language.fails(language.parse(entry.fence.source), reply, entry.fence.options)

    def line(self, mismatch: Mismatch, fence: Fence) -> Location:
        """Where a mismatch of a fence stands: its own line, or one of another step's fence."""
        step = mismatch.step
        if step is not None and 0 <= step < len(self._fences):
            fence = self._fences[step]
        return fence.location if mismatch.line < 0 else groups.line(fence, mismatch.line)

    def place(self, number: int) -> Location | None:
        """Where a line of ``main.py`` stands: it holds the code of every ``python`` fence."""
        for fence in self._fences:
            if groups.language(fence) is PYTHON:
                if 0 < number <= len(fence.lines):
                    return fence.lines[number - 1]
                number -= len(fence.lines)
        return None

    def located(self, text: str) -> str:
        """A traceback with the lines of the page in the place of those of ``main.py``."""

        def on_the_page(match: re.Match[str]) -> str:
            at = self.place(int(match[1]))
            return f'File "{at.path}", line {at.line}' if at else match[0]

        return re.sub(r'File "main\.py", line ([0-9]{1,7})', on_the_page, text)

    def where_time_ran_out(self, output: str) -> Location | None:
        """The page's line in the stack that the worker wrote last."""
        _, stack = last_stack(output)
        line = next((line for path, line in stack if path.endswith("main.py")), None)
        return self.place(line) if line is not None else None


def runs(group: Group, reply: Reply) -> tuple[FenceReplies, ...]:
    """What each run of a group left, the first one first; each knows the other."""
    first, second = FenceReplies(group, reply), reply.second
    if not isinstance(second, Reply):
        return (first,)
    again = FenceReplies(group, second)
    moved, seconds = reply.moved != second.moved, min(reply.seconds, second.seconds)
    first.other, again.other = Other(again, moved, seconds), Other(first, moved, seconds)
    return first, again


def _read(entry: Entry, step: object) -> object:
    """What a step left, as the record of its language; the only place where that is read."""
    language = groups.language(entry.fence)
    if language is None:
        return None
    try:
        return language.read(step)
    except (TypeError, ValueError) as error:
        return Damaged(str(error))
