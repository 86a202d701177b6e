"""The result of a snippet, from how its process ended: only a whole record is ever a pass."""

from __future__ import annotations

import ast
import os
import re
from urllib.parse import urlsplit

from ..environments.imports import versions
from ..model import (
    CheckRecord,
    CheckResult,
    DamagedRecord,
    Deviation,
    Failure,
    FailureRecord,
    JobRecord,
    Location,
    Lost,
    Outcome,
    Problem,
    Refusal,
    RefusalReason,
    Reply,
    Result,
    SnippetJob,
)
from . import problems, unrun
from .endings import stop
from .result_problems import failure_of

_START = re.compile(r"HTTP/\S+ ([0-9]{3})\b")
"""A response's first line, with its status."""


def result(job: SnippetJob, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
    """The result of one job; ``reply`` is `Lost` where its zygote was lost twice.

    ``layers`` are those that were on.
    """
    if isinstance(reply, Lost):
        return unrun.lost(job, reply)
    checks: tuple[CheckResult, ...] = ()
    failure: Failure | None = None
    output = reply.output
    if reply.record is None or reply.stopped or reply.exit or reply.judge:
        outcome, problem, output = stop(job, reply)
        failure = failure_of(job.id, problem)
    else:
        outcome, checks, failure = _judged(job, reply.record)
    return Result(
        id=job.snippet.id,
        concept=job.snippet.concept,
        framework=job.snippet.framework,
        location=job.snippet.location,
        key=job.key,
        outcome=outcome,
        checks=checks,
        output=output,
        versions={
            "python": job.environment.python_version,
            **versions(job.snippet, job.environment),
        },
        seconds=round(reply.seconds, 4),
        reason=_reason(checks, failure),
        failure=failure,
        server=job.server,
        database=without_password(job.database),
        source=job.source,
        layers=layers,
        inputs=job.inputs,
    )


def _judged(
    job: SnippetJob, record: object
) -> tuple[Outcome, tuple[CheckResult, ...], Failure | None]:
    """What a whole process left as its record: its checks, or why it could not be judged."""
    if not isinstance(record, JobRecord):
        return _damaged(job, record.why if isinstance(record, DamagedRecord) else "")
    if record.error is not None:
        return Outcome.ERRORED, (), _refusal(job, record.error)
    try:
        checks = _checks(job, record.checks)
    except ValueError as error:
        return _damaged(job, repr(error))
    return _outcome(checks), checks, None


def _damaged(job: SnippetJob, why: str) -> tuple[Outcome, tuple[CheckResult, ...], Failure | None]:
    problem = problems.record_damaged(job.location, job.id, why)
    return Outcome.ERRORED, (), failure_of(job.id, problem)


def without_password(database: str) -> str:
    """A database's URL, as it may be shown."""
    url = urlsplit(database)
    _, at, place = url.netloc.rpartition("@")
    shown = database.replace(f"//{url.netloc}", f"//{url.username or ''}{at}{place}", 1)
    if not url.query:
        return shown
    query = "&".join(part for part in url.query.split("&") if not part.startswith("password="))
    return shown.replace(f"?{url.query}", f"?{query}" if query else "", 1)


def _checks(job: SnippetJob, records: tuple[CheckRecord, ...]) -> tuple[CheckResult, ...]:
    """The checks as recorded; raises ValueError for those of another contract."""
    names = [record.name for record in records]
    if names != [check.name for check in job.contract.checks]:
        raise ValueError(f"checks {names}")
    deviations = {deviation.check: deviation for deviation in job.snippet.deviations}
    results: list[CheckResult] = []
    for check, record in zip(job.contract.checks, records, strict=True):
        deviation = deviations.get(check.name)
        failure = None
        if record.outcome is Outcome.SKIPPED:
            pass  # it is left out, and says why
        elif record.outcome is not Outcome.PASSED:
            if record.failure is None:
                raise ValueError(f"{check.name} {record.outcome} without a reason")
            failure = _check_failure(job, record.failure)
            if deviation is not None and (how := _other_way(deviation, record, failure)):
                failure, deviation = failure_of(job.id, how), None
        elif deviation is not None:
            failure = Failure(deviation.location, problems.IT_PASSES)
        reason = deviation.reason if deviation else None
        results.append(
            CheckResult(check, record.outcome, record.exchanges, failure, reason, record.left_out)
        )
    return tuple(results)


def _other_way(deviation: Deviation, record: CheckRecord, failure: Failure) -> Problem | None:
    """What to say of a check that fails in another way than its deviation declares."""
    starts = (_START.match(exchange.response.start) for exchange in record.exchanges)
    answers = tuple(int(start[1]) if start else 0 for start in starts)
    got = failure.actual or failure.message
    if (answers, got) == (deviation.answers, deviation.got):
        return None
    return problems.other_deviation(deviation, answers, got)


def _outcome(checks: tuple[CheckResult, ...]) -> Outcome:
    unexpected = [check for check in checks if check.unexpected]
    if any(check.outcome is Outcome.ERRORED for check in unexpected):
        return Outcome.ERRORED
    if checks and all(check.left_out for check in checks):
        return Outcome.SKIPPED
    return Outcome.FAILED if unexpected else Outcome.PASSED


def _check_failure(job: SnippetJob, record: FailureRecord) -> Failure:
    message = _portable(job, record.message)
    raised = _portable(job, record.traceback)
    if raised:
        message = f"{message}; {raised}"
    line = record.contract_line
    return Failure(
        location=_location(job, record.file, record.line),
        message=message,
        expected=record.expected,
        actual=record.actual,
        contract=Location(job.contract.location.path, line) if line else None,
        traceback=raised,
    )


def _refusal(job: SnippetJob, refusal: Refusal) -> Failure:
    """Why the application could not be judged, worded with its next act."""
    id, reason = job.snippet.id, refusal.kind
    text = _portable(job, refusal.message)
    at = _location(job, refusal.file, refusal.line)
    if reason is RefusalReason.CONTRACT:
        at = Location(job.contract.location.path, refusal.line)
        problem = problems.contract_raises(at, text)
    elif reason is RefusalReason.IMPORT:
        problem = problems.import_missing(at, id, str(refusal.name), job.environment.name)
    elif reason is RefusalReason.NO_APP:
        problem = problems.no_app(at, id)
    elif reason is RefusalReason.UNKNOWN_APP:
        at = Location(job.snippet.location.path, _binding(job))
        problem = problems.unknown_app(at, id, text)
    elif reason is RefusalReason.RAISED:
        problem = problems.import_raises(at, id, text)
    else:
        problem = problems.refused(at, id, text)
    return failure_of(job.id, problem, _portable(job, refusal.traceback))


def _location(job: SnippetJob, file: str | None, line: int | None) -> Location:
    """A place in the snippet's folder; its entry where the worker names no file of it."""
    if file is None or file not in job.snippet.files:
        return job.snippet.location
    return Location(f"{job.snippet.folder}/{file}", line)


def _binding(job: SnippetJob) -> int | None:
    """The line of the entry that binds ``app`` last; None where it is no Python."""
    line = None
    try:
        statements = ast.parse(job.snippet.files[job.snippet.main]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # its process may say of itself whatever it likes
    for node in statements:
        names = {getattr(node, "name", None)}  # of a function or a class
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            names.add(getattr(target, "id", None))
        names.update(alias.asname or alias.name for alias in getattr(node, "names", []))
        line = node.lineno if "app" in names else line
    return line


def _portable(job: SnippetJob, text: str) -> str:
    """The text without this machine's path to the environment."""
    return text.replace(f"{job.environment.python.parent.parent}{os.sep}", "")


def _reason(checks: tuple[CheckResult, ...], failure: Failure | None) -> str:
    if failure is not None:
        return failure.message
    for check in checks:
        if check.failure is not None and check.unexpected:
            return f"{check.check.claim.rstrip('.')}: {check.failure.message}"
    return checks[0].left_out if _outcome(checks) is Outcome.SKIPPED else ""
