"""The result of a group of fences: what the page expects, held against what the group left.

The comparing is done here, outside of the process that ran the fences, so that nothing that a
fence does can change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..environments.imports import imported
from ..languages import output as expected_output
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
)
from ..pages import groups
from . import problems, unrun
from .endings import stop
from .fence_replies import Damaged, FenceReplies, runs
from .result_problems import failure_of

_StepResult = tuple[Outcome, tuple[Exchange, ...], Failure | None]
"""How one step ended, its exchanges, and why it did not pass."""
_NOT_JUDGED: _StepResult = (Outcome.SKIPPED, (), None)
_BAD = (Outcome.TIMED_OUT, Outcome.ERRORED, Outcome.FAILED)


def result(job: FenceJob, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
    """The result of one group; ``reply`` is `Lost` where its zygote was lost twice.

    Each fence that is run is one of its checks.
    """
    if isinstance(reply, Lost):
        return unrun.lost(job, reply)
    group = job.group
    replies, *others = runs(group, reply)
    checks = _checks(job, reply, replies)
    passed = all(check.outcome is Outcome.PASSED for check in checks)
    if passed and job.twice:
        if isinstance(reply.second, Lost):
            return unrun.lost(job, reply.second)
        if reply.second is None:
            raise RuntimeError(f"{job.id} was to run twice, and ran once")
        checks = _again(job, checks, _checks(job, reply.second, others[0]))
    outcomes = {check.outcome for check in checks}
    otherwise = Outcome.PASSED if outcomes == {Outcome.PASSED} else Outcome.ERRORED
    worst = next((outcome for outcome in _BAD if outcome in outcomes), otherwise)
    failure = next((check.failure for check in checks if check.failure), None)
    return Result(
        id=group.id,
        concept=job.concept,
        framework=group.env,
        location=group.location,
        key=job.key,
        outcome=worst,
        checks=checks,
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


def _checks(job: FenceJob, reply: Reply, replies: FenceReplies) -> tuple[CheckResult, ...]:
    """A result a fence that is run. Nothing is judged after the step that ended the group."""
    judged: dict[str, CheckResult] = {}
    if replies.damage:
        first = job.checks[0]
        problem = problems.step_damaged(first.location, job.id, replies.damage)
        failure = failure_of(job.id, problem)
        judged[first.name] = CheckResult(first, Outcome.ERRORED, (), failure)
    ended = bool(replies.damage)
    for index, (entry, output) in enumerate(groups.steps(job.group)):
        if ended or index < replies.first:
            continue
        outcome, exchanges, failed = _step(job, reply, replies, index, entry, output)
        ended = _ends(replies, index, entry)
        check = _check(job, entry)
        if check is None and failed is not None:
            # A file that cannot be written is a failure of the next check, or else of the last.
            unjudged = [check for check in job.checks if check.name not in judged]
            check, ended = (*unjudged, job.checks[-1])[0], True
        if check is not None:
            judged[check.name] = CheckResult(check, outcome, exchanges, failed)
    return tuple(judged.get(check.name, CheckResult(check, *_NOT_JUDGED)) for check in job.checks)


def _again(
    job: FenceJob, first: Sequence[CheckResult], second: Sequence[CheckResult]
) -> tuple[CheckResult, ...]:
    """The checks of a group whose first run passed: where its second one did not, it says so."""
    checks = []
    for check, again in zip(first, second, strict=True):
        if again.failure is not None:
            at, message = again.failure.location, again.failure.message
            failure = failure_of(job.id, problems.not_the_same_again(at, job.id, message))
            failure = replace(again.failure, message=failure.message, next=failure.next)
            check = replace(check, outcome=Outcome.FAILED, failure=failure)
        elif again.outcome is not Outcome.PASSED:
            check = again
        checks.append(check)
    return tuple(checks)


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
) -> _StepResult:
    """Hold one step, and the output that belongs to it, against what the page expects."""
    if index >= len(replies.steps):
        return _stopped(job, reply, replies, entry)
    fence, step, language = entry.fence, replies.steps[index], groups.language(entry.fence)
    if isinstance(step, Damaged):
        problem = problems.step_damaged(fence.location, job.id, step.why)
        return Outcome.ERRORED, (), failure_of(job.id, problem)
    mismatches: list[tuple[Entry, Mismatch]] = []
    exchanges: tuple[Exchange, ...] = ()
    if language is not None:
        parsed = language.parse(fence.source)
        exchanges = language.exchanges(step)
        differences = language.compare(parsed, step, fence.options, replies.other_record(index))
        mismatches += [(entry, mismatch) for mismatch in differences]
    if output is not None:
        differences = expected_output.compare(
            output.fence.source, replies.outputs.get(index, ""), replies.other_output(index)
        )
        mismatches += [(output, mismatch) for mismatch in differences]
    fails = replies.fails(index, entry)
    if mismatches:
        return Outcome.FAILED, exchanges, _differs(job, replies, mismatches, not fails)
    if fails:
        problem = problems.fence_unlike(fence.location, job.id)
        return Outcome.FAILED, exchanges, failure_of(job.id, problem)
    return Outcome.PASSED, exchanges, None


def _stopped(job: FenceJob, reply: Reply, replies: FenceReplies, entry: Entry) -> _StepResult:
    """Why a step left no record: the group could not go on, or its process was ended."""
    at = entry.fence.location
    if replies.refusal is not None:
        problem = problems.group_refused(at, job.id, replies.refusal)
        return Outcome.ERRORED, (), failure_of(job.id, problem)
    at_fault = replace(job, group=replace(job.group, location=at))
    outcome, problem, _ = stop(at_fault, reply)
    location = replies.where_time_ran_out(reply.output) or problem.location
    return outcome, (), failure_of(job.id, replace(problem, location=location))


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
    failure = failure_of(job.id, problem, replies.located(first.traceback))
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


def broken(group: Group, reply: Reply) -> bool:
    """Whether the code itself fails, so that what it left must not become what is expected."""
    if isinstance(reply.second, Lost) or (reply.second and broken(group, reply.second)):
        return True
    replies = FenceReplies(group, reply)
    entries = [entry for entry, _ in groups.steps(group)]
    if reply.stopped or reply.exit or reply.record is None or len(replies.steps) < len(entries):
        return True
    return any(replies.fails(index, entry) for index, entry in enumerate(entries))
