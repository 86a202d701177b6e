"""How a result, a check and a fence stand, and how a page says and marks it."""

from __future__ import annotations

from collections.abc import Mapping

from ..base.text import count
from ..model import CheckResult, Outcome, Result, Standing

WORDS: Mapping[Standing, str] = {
    Standing.PASSED: "verified",
    Standing.FAILED: "failed",
    Standing.ERRORED: "errored",
    Standing.TIMED_OUT: "timed out",
    Standing.SKIPPED: "skipped",
    Standing.UNVERIFIED: "not verified",
    Standing.STALE: "stale",
    Standing.DEVIATES: "deviates",
    Standing.MISSING: "missing",
    Standing.IMPOSSIBLE: "not possible",
}
"""What a reader is told."""

HELD = frozenset({Standing.PASSED, Standing.DEVIATES})
"""Every check held, but for what is declared and shown."""

_OF_OUTCOME: Mapping[Outcome, Standing] = {
    Outcome.PASSED: Standing.PASSED,
    Outcome.FAILED: Standing.FAILED,
    Outcome.ERRORED: Standing.ERRORED,
    Outcome.TIMED_OUT: Standing.TIMED_OUT,
    Outcome.SKIPPED: Standing.SKIPPED,
}

UNKNOWN = frozenset({Standing.UNVERIFIED, Standing.STALE})
"""Nothing is known about the code as it is now."""


def of_outcome(outcome: Outcome) -> Standing:
    """The standing of a result or a check whose code is the same as when it ran."""
    return _OF_OUTCOME[outcome]


def of_result(result: Result | None, digest: str) -> Standing:
    """How a snippet or a group of fences stands; ``digest`` is that of its source now.

    A result without a source never ran: it says why, whatever the code is.
    """
    if result is None:
        return Standing.UNVERIFIED
    if result.source != digest and (result.source or result.outcome is Outcome.PASSED):
        return Standing.STALE
    if result.outcome is Outcome.PASSED and any(check.deviates for check in result.checks):
        return Standing.DEVIATES
    return of_outcome(result.outcome)


def of_check(check: CheckResult) -> Standing:
    """Passed, failed, deviates, or skipped where it is left out."""
    if check.left_out:
        return Standing.SKIPPED
    if check.deviation is not None and check.outcome is not Outcome.PASSED:
        return Standing.DEVIATES
    passed = check.outcome is Outcome.PASSED and check.failure is None
    return Standing.PASSED if passed else Standing.FAILED


def checks_line(result: Result) -> str:
    """``9 checks``, ``8 of 9 checks``, ``9 checks, 1 deviation, 1 left out``."""
    standings = [of_check(check) for check in result.checks]
    failed, deviating = standings.count(Standing.FAILED), standings.count(Standing.DEVIATES)
    line = count(len(standings), "check")
    if failed:
        line = f"{len(standings) - failed} of {line}"
    if deviating:
        line = f"{line}, {count(deviating, 'deviation')}"
    left_out = standings.count(Standing.SKIPPED)
    return f"{line}, {left_out} left out" if left_out else line


def classes(block: str, standing: Standing) -> str:
    """The class names of a block that stands so: ``fg-cell fg-cell--stale``."""
    return f"{block} {block}--{standing.value}"
