"""The errors of a run that no result tells: of the engine, of a setting, of the run as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Failure, Problem, Report
from ...results.problems import ends_badly
from ...results.result_problems import problems_of


def untold(report: Report) -> Iterator[Problem]:
    """Each of them, for whoever reports results one by one and would pass where the run failed."""
    told: set[Problem] = set()
    failures: list[Failure] = []
    for result in report.results:
        told |= {*problems_of(result), ends_badly(result.location, result.id, result.outcome)}
        failures += [result.failure] if result.failure else []
    for problem in report.problems:
        known = problem in told or any(_tells(failure, problem) for failure in failures)
        if problem.severity == "error" and not known:
            yield problem


def _tells(failure: Failure, problem: Problem) -> bool:
    """Whether a result failed by the problem, which then stands in the result's own words."""
    same = failure.location == problem.location and problem.message.endswith(failure.message)
    return same or failure.message == f"no environment: {problem.message}"
