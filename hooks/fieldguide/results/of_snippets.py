"""From how a job's process ended to its result: nothing but a whole record is ever a pass."""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ..base.digests import source_digest
from ..environments.imports import versions
from ..model import (
    CheckRecord,
    CheckResult,
    Contract,
    DamagedRecord,
    Environment,
    Exchange,
    Failure,
    FailureRecord,
    Job,
    JobRecord,
    Location,
    Lost,
    Message,
    Outcome,
    Problem,
    Refusal,
    RefusalReason,
    Reply,
    Result,
    Snippet,
    SnippetJob,
)
from . import problems
from .endings import stop


def result(job: SnippetJob, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
    """The result of one job; ``reply`` is `Lost` where its zygote was lost twice.

    ``layers`` are those that were on.
    """
    if isinstance(reply, Lost):
        return unrun(job, f"its process was lost twice: {reply.words}")
    outcome = Outcome.ERRORED
    checks: tuple[CheckResult, ...] = ()
    failure: Failure | None = None
    output = reply.output
    if reply.record is None or reply.stopped or reply.exit or reply.judge:
        outcome, problem, output = stop(job, reply)
        failure = failure_of(job, problem)
    elif not isinstance(reply.record, JobRecord):
        why = reply.record.why if isinstance(reply.record, DamagedRecord) else ""
        failure = _damaged(job, why)
    elif reply.record.error is not None:
        failure = _refusal(job, reply.record.error)
    else:
        try:
            checks = _checks(job, reply.record.checks)
            outcome = _outcome(checks)
        except ValueError as error:
            failure = _damaged(job, repr(error))
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


def _damaged(job: SnippetJob, why: str) -> Failure:
    return Failure(job.snippet.location, f"its record is damaged: {why}")


def unrun(job: SnippetJob, message: str) -> Result:
    """The result of a job whose process never got to it."""
    return replace(
        unrun_snippet(job.snippet, message), key=job.key, server=job.server, source=job.source
    )


def unrun_snippet(snippet: Snippet, message: str, next: str = "") -> Result:
    """The result of a snippet that could not become a job."""
    return Result(
        id=snippet.id,
        concept=snippet.concept,
        framework=snippet.framework,
        location=snippet.location,
        key="",
        outcome=Outcome.ERRORED,
        reason=message,
        failure=Failure(snippet.location, message, next=next),
    )


def skipped(snippet: Snippet, contract: Contract, environment: Environment, reason: str) -> Result:
    """The result of a snippet that this environment cannot run."""
    return Result(
        id=snippet.id,
        concept=snippet.concept,
        framework=snippet.framework,
        location=snippet.location,
        key="",
        outcome=Outcome.SKIPPED,
        versions={"python": environment.python_version, **versions(snippet, environment)},
        reason=reason,
        source=source_digest(snippet, contract),
    )


def problems_of(result: Result) -> list[Problem]:
    """What somebody has to put right, from a result alone."""
    found = []
    if result.failure is not None and result.failure.location.path == _contract(result):
        why = result.failure  # the same for every snippet of the concept
        found.append(Problem(why.location, why.message, why.next))
    elif result.failure is not None:
        found.append(
            problems.did_not_pass(
                result.failure.location, _name(result), result.failure.message, result.failure.next
            )
        )
    for check in result.checks:
        if check.deviation is not None and check.unexpected:
            where = check.failure.location if check.failure else result.location
            found.append(problems.needless_deviation(where, result.id, check.check.name))
        elif check.failure is not None and check.failure.next:
            why = check.failure
            found.append(problems.did_not_pass(why.location, _name(result), why.message, why.next))
        elif check.failure is not None and check.deviation is None:
            found.append(
                problems.check_failed(
                    check.failure.location,
                    _name(result),
                    check.check.claim,
                    check.failure.message,
                    check.failure.contract or check.check.location,
                )
            )
    return found


def _name(result: Result) -> str:
    under = f" under {result.server}" if result.server else ""
    return f"{result.id}{under}{' on DATABASE_URL' if result.database else ''}"


def without_password(database: str) -> str:
    """A database's URL, as it may be shown."""
    url = urlsplit(database)
    _, at, place = url.netloc.rpartition("@")
    query = "&".join(part for part in url.query.split("&") if not part.startswith("password="))
    shown = url._replace(netloc=f"{url.username or ''}{at}{place}", query=query)
    return shown.geturl() if database else ""


def _contract(result: Result) -> str:
    return f"snippets/{result.concept}/contract.py"


def _checks(job: SnippetJob, records: tuple[CheckRecord, ...]) -> tuple[CheckResult, ...]:
    """The checks as recorded; raises ValueError for those of another contract."""
    names = [record.name for record in records]
    if names != [check.name for check in job.contract.checks]:
        raise ValueError(f"checks {names}")
    deviations = {deviation.check: deviation for deviation in job.snippet.deviations}
    results = []
    for check, record in zip(job.contract.checks, records, strict=True):
        outcome = record.outcome
        declared = deviations.get(check.name)
        failure = None
        if outcome is not Outcome.PASSED:
            if record.failure is None:
                raise ValueError(f"{check.name} {outcome} without a reason")
            failure = _check_failure(job, record.failure)
        elif declared is not None:
            failure = Failure(declared.location, "it passes")
        reason = declared.reason if declared else None
        results.append(CheckResult(check, outcome, record.exchanges, failure, reason))
    return tuple(results)


def _outcome(checks: tuple[CheckResult, ...]) -> Outcome:
    unexpected = [check for check in checks if check.unexpected]
    if any(one.outcome is Outcome.ERRORED for one in unexpected):
        return Outcome.ERRORED
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
    id, kind = job.snippet.id, refusal.kind
    text = _portable(job, refusal.message)
    at = _location(job, refusal.file, refusal.line)
    if kind is RefusalReason.CONTRACT:
        at = Location(job.contract.location.path, refusal.line)
        problem = problems.contract_raises(at, text)
    elif kind is RefusalReason.IMPORT:
        problem = problems.import_missing(at, id, str(refusal.name), job.environment.name)
    elif kind is RefusalReason.NO_APP:
        problem = problems.no_app(at, id)
    elif kind is RefusalReason.UNKNOWN_APP:
        at = Location(job.snippet.location.path, _binding(job))
        problem = problems.unknown_app(at, id, text)
    else:
        words = f"it raises while it is imported: {text}" if kind is RefusalReason.RAISED else text
        place = "at this line" if at.line else "there"
        problem = problems.did_not_pass(at, id, words, f"correct it {place}")
    return failure_of(job, problem, _portable(job, refusal.traceback))


def exchange(record: Mapping[str, Any]) -> Exchange:
    """An exchange as recorded; raises for anything else."""
    return Exchange(_message(record["request"]), _message(record["response"]))


def _message(record: Mapping[str, Any]) -> Message:
    headers = tuple((str(name), str(value)) for name, value in record["headers"])
    return Message(
        str(record["start"]), headers, str(record["body"]), bool(record["binary"]), record["size"]
    )


def _location(job: SnippetJob, file: str | None, line: int | None) -> Location:
    """A place in the snippet's folder; its entry where the worker names no file of it."""
    if file is None or file not in job.snippet.files:
        return job.snippet.location
    return Location(f"{job.snippet.folder}/{file}", line)


def failure_of(job: Job, problem: Problem, traceback: str = "") -> Failure:
    """A job's problem as its failure, which is shown under its id anyway."""
    message = problem.message.removeprefix(f"{job.id}: ")
    return Failure(problem.location, message, traceback=traceback, next=problem.next)


def _binding(job: SnippetJob) -> int | None:
    """The line of the entry that binds ``app`` last."""
    line = None
    for node in ast.parse(job.snippet.files[job.snippet.entry]).body:
        names = {getattr(node, "name", None)}  # of a function or a class
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            names.add(getattr(target, "id", None))
        names.update(one.asname or one.name for one in getattr(node, "names", []))
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
            return f"{check.check.claim}: {check.failure.message}"
    return ""
