"""From a problem to the failure of a result, and from a result to its problems."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import CheckResult, Failure, Problem, Result
from . import problems


def failure_of(id: str, problem: Problem, traceback: str = "") -> Failure:
    """The problem of a snippet or a group as its failure, which is shown under the id anyway."""
    message = problem.message.removeprefix(f"{id}: ")
    return Failure(problem.location, message, traceback=traceback, next=problem.next)


def problems_of(result: Result) -> Iterator[Problem]:
    """The problems of a result: of the whole of it first, then of its checks."""
    if (failure := result.failure) is not None:
        if failure.location.path == f"snippets/{result.concept}/contract.py":
            # The same for every snippet of the concept, so it names none of them.
            yield Problem(failure.location, failure.message, failure.next)
        else:
            yield problems.did_not_pass(
                failure.location, _name(result), failure.message, failure.next
            )
    for check in result.checks:
        yield from _of_check(result, check)


def _of_check(result: Result, check: CheckResult) -> Iterator[Problem]:
    failure = check.failure
    if check.deviation is not None and check.unexpected:
        at = failure.location if failure else result.location
        yield problems.needless_deviation(at, result.id, check.check.name)
    elif failure is not None and failure.next:
        yield problems.did_not_pass(failure.location, _name(result), failure.message, failure.next)
    elif failure is not None and check.deviation is None:
        contract = failure.contract or check.check.location
        yield problems.check_failed(
            failure.location, _name(result), check.check.claim, failure.message, contract
        )


def _name(result: Result) -> str:
    """``routing/flask under gunicorn``: what was run, and how where that matters."""
    under = f" under {result.server}" if result.server else ""
    return f"{result.id}{under}{' on DATABASE_URL' if result.database else ''}"
