"""The counts of a report: snippets, checks, fences and probed frameworks, by how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...model import Outcome, Report, Result
from .subject import Subject, subject


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run of verification counted."""

    snippets: Mapping[Outcome, int]
    """How many ended in which way, every outcome among them."""
    concepts: int
    frameworks: int
    checks: int
    """Of the snippets alone."""
    failed_checks: int
    """Those of them that make a snippet fail."""
    deviations: int
    """Those of them that failed as their deviation declares."""
    fences: Mapping[Outcome, int]
    probed: Mapping[Outcome, int]
    """Frameworks whose naive application was asked the probes."""
    cached: int
    """Snippets, fences and probed frameworks whose pass was kept from an earlier run."""
    seconds: float


def totals(report: Report) -> Totals:
    """Count a report's results."""
    snippets = _of(Subject.SNIPPET, report)
    groups = _of(Subject.FENCES, report)
    checks = [check for result in snippets for check in result.checks]
    return Totals(
        snippets=_by_outcome(result.outcome for result in snippets),
        concepts=len({result.concept for result in snippets}),
        frameworks=len({result.framework for result in snippets}),
        checks=len(checks),
        failed_checks=sum(check.unexpected for check in checks),
        deviations=sum(check.deviates for check in checks),
        fences=_by_outcome(outcome for result in groups for outcome in _fence_outcomes(result)),
        probed=_by_outcome(result.outcome for result in _of(Subject.PROBES, report)),
        cached=sum(_size(result) for result in report.results if result.cached),
        seconds=round(report.seconds, 3),
    )


def _of(wanted: Subject, report: Report) -> list[Result]:
    return [result for result in report.results if subject(result) is wanted]


def _by_outcome(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    counter = Counter(outcomes)
    return {outcome: counter[outcome] for outcome in Outcome}


def _fence_outcomes(result: Result) -> list[Outcome]:
    """How each fence of a group ended; the group's own outcome where none of them ran."""
    return [check.outcome for check in result.checks] or [result.outcome]


def _size(result: Result) -> int:
    """How many things a result counts for: each fence of a group is one."""
    return len(result.checks) if subject(result) is Subject.FENCES else 1
