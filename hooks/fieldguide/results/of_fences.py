"""From how a group of fences ended to its result: what the page says, held against what came.

The comparing is done here, outside of the process that ran the fences, so that nothing that a
fence does can change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..environments.imports import imported
from ..languages import output as languages_output
from ..model import (
    Check,
    CheckResult,
    Entry,
    Exchange,
    Failure,
    FenceJob,
    Group,
    Lost,
    Mismatch,
    Outcome,
    Problem,
    Reply,
    Result,
    Snippet,
)
from ..pages import account, groups
from . import problems
from .endings import stop
from .fence_replies import Damaged, FenceReplies
from .of_snippets import failure_of

_Held = tuple[Outcome, tuple[Exchange, ...], Failure | None]
_NOT_JUDGED: _Held = (Outcome.SKIPPED, (), None)
_BAD = (Outcome.TIMED_OUT, Outcome.ERRORED, Outcome.FAILED)


def result(job: FenceJob, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
    """The result of one group; ``reply`` is `Lost` where its zygote was lost twice.

    Each fence that is run is one of its checks.
    """
    if isinstance(reply, Lost):
        words = f"its process was lost twice: {reply.words}"
        return replace(_errored(job.group, words), key=job.key, source=job.source)
    group = job.group
    replies = FenceReplies(group, reply)
    checks = _checks(job, reply, replies)
    outcomes = [check.outcome for check in checks]
    worst = next((outcome for outcome in _BAD if outcome in outcomes), Outcome.PASSED)
    failure = next((check.failure for check in checks if check.failure), None)
    return Result(
        id=group.id,
        concept=job.concept,
        framework=group.env,
        location=group.location,
        key=job.key,
        outcome=worst,
        checks=tuple(checks),
        output=replies.text,
        versions={
            "python": job.environment.python_version,
            **imported(_sources(job), job.environment),
        },
        seconds=round(reply.seconds, 4),
        reason=failure.message if failure else "",
        source=job.source,
        layers=layers,
        inputs=job.inputs,
    )


def _checks(job: FenceJob, reply: Reply, replies: FenceReplies) -> list[CheckResult]:
    """A result a fence that is run. Nothing is judged after the step that ended the group."""
    checks: list[CheckResult] = []
    ended = False
    for index, (entry, output) in enumerate(groups.steps(job.group)):
        check = _check(job, entry)
        outcome, exchanges, failure = _NOT_JUDGED
        if not ended and index >= replies.first:
            outcome, exchanges, failure = _step(job, reply, replies, index, entry, output)
            ended = _ends(replies, index, entry)
        if check is not None:
            checks.append(CheckResult(check, outcome, exchanges, failure))
        elif failure is not None:
            checks.append(CheckResult(job.checks[0], outcome, (), failure))
            break  # a file that cannot be written is a failure of the group's first check
    return checks


def _check(job: FenceJob, entry: Entry) -> Check | None:
    return next((check for check in job.checks if check.name == entry.check), None)


def _ends(replies: FenceReplies, index: int, entry: Entry) -> bool:
    """Whether nothing of the group ran after this step: it left nothing, or failed and was the
    last of a process that ended well."""
    if index >= len(replies.steps):
        return True
    last = replies.ended_well and index == len(replies.steps) - 1
    return last and not isinstance(replies.steps[index], Damaged) and replies.fails(index, entry)


def _step(
    job: FenceJob,
    reply: Reply,
    replies: FenceReplies,
    index: int,
    entry: Entry,
    output: Entry | None,
) -> _Held:
    """One step's outcome, its exchanges, and why it did not hold."""
    if index >= len(replies.steps):
        return _stopped(job, reply, replies, entry)
    fence, step, language = entry.fence, replies.steps[index], groups.language(entry.fence)
    if isinstance(step, Damaged):
        words = f"its record is damaged: {step.why}"
        return Outcome.ERRORED, (), Failure(fence.location, words, next="run it again")
    mismatches: list[tuple[Entry, Mismatch]] = []
    exchanges: tuple[Exchange, ...] = ()
    if language is not None:
        parsed = language.parse(fence.source)
        exchanges = language.exchanges(step)
        differ = language.compare(parsed, step, fence.options)
        mismatches += [(entry, mismatch) for mismatch in differ]
    if output is not None:
        differ = languages_output.compare(output.fence.source, replies.outputs.get(index, ""))
        mismatches += [(output, mismatch) for mismatch in differ]
    fails = replies.fails(index, entry)
    if mismatches:
        return Outcome.FAILED, exchanges, _differs(job, replies, mismatches, not fails)
    if fails:
        problem = problems.fence_unlike(fence.location, job.id)
        return Outcome.FAILED, exchanges, failure_of(job, problem)
    return Outcome.PASSED, exchanges, None


def _stopped(job: FenceJob, reply: Reply, replies: FenceReplies, entry: Entry) -> _Held:
    """Why a step left nothing: the group could not go on, or its process was ended."""
    at = entry.fence.location
    if replies.refusal is not None:
        return Outcome.ERRORED, (), Failure(at, replies.refusal, next="correct it there")
    at_fault = replace(job, group=replace(job.group, location=at))
    outcome, problem, _ = stop(at_fault, reply)
    where = replies.where_time_ran_out(reply.output) or problem.location
    return outcome, (), failure_of(job, replace(problem, location=where))


def _differs(
    job: FenceJob, replies: FenceReplies, mismatches: list[tuple[Entry, Mismatch]], acceptable: bool
) -> Failure:
    """The first of the mismatches as a failure, which says how many more there are."""
    entry, first = mismatches[0]
    at = replies.line(first, entry.fence)
    if first.next:
        problem = Problem(at, first.message, first.next)
    else:
        more = len(mismatches) - 1
        problem = problems.fence_differs(at, job.id, first.message, more, acceptable)
    failure = failure_of(job, problem, replies.located(first.traceback))
    return replace(failure, expected=first.expected, actual=first.actual)


def _sources(job: FenceJob) -> dict[str, bytes]:
    """Everything in the group that may import a distribution, as Python."""
    files = dict(job.files)
    for number, (entry, _) in enumerate(groups.steps(job.group)):
        source, language = entry.fence.source, groups.language(entry.fence)
        if language is not None:
            source = language.imports(language.parse(source))
        files[f"{number}.py"] = source.encode("utf-8")
    return files


def without(group: Group, problem: Problem) -> Result:
    """The result of a group whose environment cannot be made."""
    return _errored(group, f"no environment: {problem.message}", problem.next)


def _errored(group: Group, message: str, next: str = "") -> Result:
    """The result of a group whose processes never got to it."""
    return Result(
        id=group.id,
        concept=account.part(group.page),
        framework=group.env,
        location=group.location,
        key="",
        outcome=Outcome.ERRORED,
        reason=message,
        failure=Failure(group.location, message, next=next),
    )


def skipped(group: Group, snippets: Mapping[str, Snippet], reason: str) -> Result:
    """The result of a group whose application does not run in this environment."""
    return Result(
        id=group.id,
        concept=account.part(group.page),
        framework=group.env,
        location=group.location,
        key="",
        outcome=Outcome.SKIPPED,
        reason=f"{group.app} is skipped: {reason}",
        source=groups.digest(group, snippets),
    )


def broken(group: Group, reply: Reply) -> bool:
    """Whether the code itself fails, so that what came cannot be what is expected."""
    replies = FenceReplies(group, reply)
    entries = [entry for entry, _ in groups.steps(group)]
    if reply.stopped or reply.exit or reply.record is None or len(replies.steps) < len(entries):
        return True
    return any(replies.fails(index, entry) for index, entry in enumerate(entries))
