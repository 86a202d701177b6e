"""From how a group of fences ended to its result: what the page says, held against what came.

The comparing is done here, outside of the process that ran the fences, so that nothing that a
fence does can change it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from . import accounts, examples, groups, outputs, problems, transcripts, verdicts
from .jobs import versions
from .model import (
    Check,
    CheckResult,
    Entry,
    Exchange,
    Failure,
    Fence,
    Group,
    Job,
    Location,
    Lost,
    Mismatch,
    Outcome,
    Problem,
    Reply,
    Result,
    Snippet,
)
from .stops import last_stack, stop
from .verdicts import failure_of


def result(job: Job, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
    """The result of one group; ``reply`` is `Lost` where its zygote was lost twice.

    Each fence that is run is one of its checks.
    """
    if isinstance(reply, Lost):
        return verdicts.unrun(job, f"its process was lost twice: {reply.words}")
    group = job.group
    assert group is not None
    came = Came(group, reply)
    checks: list[CheckResult] = []
    ended = False
    for index, (entry, output) in enumerate(groups.steps(group)):
        check = _check(job, entry)
        outcome, exchanges, failure = _NOT_JUDGED
        if not ended and index >= came.first:
            outcome, exchanges, failure = _step(job, reply, came, index, entry, output)
            ended = index >= len(came.replies) or _ends(came.replies[index], entry)
        if check is not None:
            checks.append(CheckResult(check, outcome, exchanges, failure))
        elif failure is not None:
            checks.append(CheckResult(job.contract.checks[0], outcome, (), failure))
            break  # a file that cannot be written is a failure of the group's first check
    outcomes = [one.outcome for one in checks]
    worst = next((one for one in _BAD if one in outcomes), Outcome.PASSED)
    failure = next((one.failure for one in checks if one.failure), None)
    return Result(
        id=group.id,
        concept=job.snippet.concept,
        framework=group.env,
        location=group.location,
        key=job.key,
        outcome=worst,
        checks=tuple(checks),
        output=came.text,
        versions={
            "python": job.environment.python_version,
            **versions(replace(job.snippet, files=_sources(job, group)), job.environment),
        },
        seconds=round(reply.seconds, 4),
        reason=failure.message if failure else "",
        source=job.source,
        layers=layers,
        inputs=job.inputs,
    )


NO_APP = "the group has no `app`"
"""What the worker says of an ``http`` fence that nothing answers."""
_Held = tuple[Outcome, tuple[Exchange, ...], Failure | None]
_NOT_JUDGED: _Held = (Outcome.SKIPPED, (), None)
_BAD = (Outcome.TIMED_OUT, Outcome.ERRORED, Outcome.FAILED)


class Came:
    """What a group's processes left, cut into its steps."""

    def __init__(self, group: Group, reply: Reply) -> None:
        mark = re.escape(reply.mark)
        first, *rest = re.split(rf"\n?\x1e{mark} (\d+|end)\x1e\n", reply.output)
        begun = list(zip(rest[::2], rest[1::2], strict=True))
        self.outputs = {int(step): text for step, text in begun if step != "end"}
        """What each step wrote."""
        self.text = "".join([first, *(text for _, text in begun)])
        """Everything that was written."""
        record, last = reply.record or {}, max(self.outputs, default=0)
        self.first = 0 if reply.record else last
        """The first step that can be judged: without a record, the last that was begun."""
        self.error = record.get("error")
        steps = record.get("steps")
        replies = [one if isinstance(one, dict) else {} for one in _list(steps)]
        ended_well = not (reply.stopped or reply.exit or self.error)
        # What was stopped or crashed is no pass, whatever it says of its last step.
        self.replies: Sequence[Mapping[str, Any]] = replies if ended_well else replies[:last]
        self._fences = [entry.fence for entry, _ in groups.steps(group)]

    def line(self, step: int | None, number: int | None, otherwise: Fence) -> Location:
        """Where a line of a step's source stands, counted from 1."""
        fence = self._fences[step] if step is not None else otherwise
        return groups.line(fence, (number or 1) - 1)

    def place(self, number: int) -> Location | None:
        """Where a line of main.py stands: it holds the code of every step that is Python."""
        for fence in self._fences:
            if groups.kind(fence) == "python":
                if 0 < number <= len(fence.lines):
                    return fence.lines[number - 1]
                number -= len(fence.lines)
        return None

    def located(self, text: str) -> str:
        """A traceback with the lines of the page in the place of those of main.py."""

        def there(found: re.Match[str]) -> str:
            at = self.place(int(found[1]))
            return f'File "{at.path}", line {at.line}' if at else found[0]

        return re.sub(r'File "main\.py", line (\d+)', there, text)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _check(job: Job, entry: Entry) -> Check | None:
    return next((one for one in job.contract.checks if one.name == entry.check), None)


def _ends(reply: Mapping[str, Any], entry: Entry) -> bool:
    """Whether nothing of the group can run after this step."""
    return bool(reply.get("raised")) and not entry.fence.options.raises


def _step(
    job: Job, reply: Reply, came: Came, index: int, entry: Entry, output: Entry | None
) -> _Held:
    """One step's outcome, its exchanges, and why it did not hold."""
    fence = entry.fence
    if index >= len(came.replies):
        at_fault = replace(job, snippet=replace(job.snippet, location=fence.location))
        if came.error:
            words = str(came.error.get("message") if isinstance(came.error, dict) else came.error)
            return _failed(fence.location, words, "correct it there", Outcome.ERRORED)
        outcome, problem, _ = stop(at_fault, reply)
        at = _where_time_ran_out(reply.output, came) or problem.location
        return outcome, (), failure_of(job, replace(problem, location=at))
    said = came.replies[index]
    try:
        exchanges = tuple(verdicts.exchange(one) for one in said.get("exchanges", ()))
        if (raised := _raised(job, came, entry, said)) is not None:
            traceback = came.located(_traceback(said))
            return Outcome.FAILED, exchanges, failure_of(job, raised, traceback)
        if said.get("broken") == NO_APP:
            problem = problems.group_without_app(fence.location, job.snippet.id)
            return Outcome.FAILED, exchanges, failure_of(job, problem)
        mismatches = [(entry, one) for one in compare(entry, said)]
        if output is not None:
            printed = came.outputs.get(index, "")
            expected = outputs.parse(output.fence.source)
            mismatches += [(output, one) for one in outputs.compare(expected, printed)]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as wrong:
        words = f"its record is damaged: {wrong!r}"
        return _failed(fence.location, words, "run it again", Outcome.ERRORED)
    if mismatches:
        where, first = mismatches[0]
        problem = problems.fence_differs(
            groups.line(where.fence, first.line),
            job.snippet.id,
            first.message,
            len(mismatches) - 1,
            not _fails(entry, said),
        )
        failure = failure_of(job, problem)
        failed = replace(failure, expected=first.expected, actual=first.actual)
        return Outcome.FAILED, exchanges, failed
    return Outcome.PASSED, exchanges, None


def compare(entry: Entry, said: Mapping[str, Any]) -> list[Mismatch]:
    """What a transcript, a doctest or an exchange says and did not come."""
    fence, kind = entry.fence, groups.kind(entry.fence)
    if kind not in groups.KINDS:
        return []
    module = groups.KINDS[kind]
    parsed = module.parse(fence.source)
    more = {"exit": fence.options.exit} if kind == "console" else {}
    found: list[Mismatch] = module.compare(parsed, said, **more)
    return found


def _raised(job: Job, came: Came, entry: Entry, said: Mapping[str, Any]) -> Problem | None:
    """What was raised and should not have been, or the other way round."""
    id, wanted, fence = job.snippet.id, entry.fence.options.raises, entry.fence
    raised = said["raised"] if groups.kind(fence) == "python" else None
    if raised is not None and (not wanted or wanted not in raised["names"]):
        at = came.line(raised["step"], raised["line"], fence)
        if wanted:
            return problems.fence_does_not_raise(at, id, wanted, str(raised["text"]))
        name, text = str(raised["names"][0]), str(raised["text"])
        if name == "AssertionError":
            return problems.assertion_fails(at, id, text.removeprefix(name).removeprefix(": "))
        return problems.fence_raises(at, id, text, name)
    if wanted and raised is None:
        return problems.fence_does_not_raise(fence.location, id, wanted, "")
    for one in said.get("threads", ()):
        at = came.line(one["step"], one["line"], fence)
        return problems.fence_raises_in_thread(at, id, str(one["text"]))
    return None


def _traceback(said: Mapping[str, Any]) -> str:
    raised: Mapping[str, Any] = said.get("raised") or next(iter(said.get("threads", ())), {})
    return str(raised.get("traceback") or "")


def _where_time_ran_out(output: str, came: Came) -> Location | None:
    """The page's line in the stack that the worker wrote last."""
    _, stack = last_stack(output)
    line = next((line for path, line in stack if path.endswith("main.py")), None)
    return came.place(line) if line is not None else None


def _sources(job: Job, group: Group) -> dict[str, bytes]:
    """Everything in the group that may import a distribution, as Python."""
    files = dict(job.snippet.files)
    for number, (entry, _) in enumerate(groups.steps(group)):
        source, kind = entry.fence.source, groups.kind(entry.fence)
        if kind == "pycon":
            source = "".join(one.source for one in examples.parse(source).examples)
        elif kind == "console":  # a program is named as what it comes with: `flask routes`
            commands = transcripts.parse(source).commands
            words = (one.text.partition(" ")[0] for one in commands)
            source = "\n".join(f"import {word}" for word in words if word.isidentifier())
        files[f"{number}.py"] = source.encode("utf-8")
    return files


def _failed(at: Location, words: str, act: str, outcome: Outcome) -> _Held:
    return outcome, (), Failure(at, words, next=act)


def without(group: Group, problem: Problem) -> Result:
    """The result of a group whose environment cannot be made."""
    message = f"no environment: {problem.message}"
    return Result(
        id=group.id,
        concept=accounts.part(group.page),
        framework=group.env,
        location=group.location,
        key="",
        outcome=Outcome.ERRORED,
        reason=message,
        failure=Failure(group.location, message, next=problem.next),
    )


def skipped(group: Group, snippets: Mapping[str, Snippet], reason: str) -> Result:
    """The result of a group whose application does not run in this environment."""
    return Result(
        id=group.id,
        concept=accounts.part(group.page),
        framework=group.env,
        location=group.location,
        key="",
        outcome=Outcome.SKIPPED,
        reason=f"{group.app} is skipped: {reason}",
        source=groups.digest(group, snippets),
    )


def broken(group: Group, reply: Reply) -> bool:
    """Whether the code itself fails, so that what came cannot be what is expected."""
    came = Came(group, reply)
    steps = list(groups.steps(group))
    if reply.stopped or reply.exit or reply.record is None or len(came.replies) < len(steps):
        return True
    return any(_fails(entry, said) for (entry, _), said in zip(steps, came.replies, strict=True))


def _fails(entry: Entry, said: Mapping[str, Any]) -> bool:
    """Whether a step ended in another way than its fence says."""
    options = entry.fence.options
    if bool(said.get("raised")) != bool(options.raises):
        return True
    if said.get("threads") or said.get("broken"):
        return True
    if groups.kind(entry.fence) == "pycon":
        run = examples.parse(entry.fence.source).run
        pairs = zip(run, said["got"], strict=False)
        if any(one["raised"] and example.raises is None for example, one in pairs):
            return True
    *before, last = [one["exit"] for one in said.get("commands", ())] or [options.exit]
    return any(before) or last != options.exit
