"""A report for people at a terminal: a line a problem, then the summary."""

from __future__ import annotations

from collections.abc import Mapping

from ...base.problems import counted, line
from ...base.text import count
from ...model import Outcome, Report
from .totals import Totals, totals


def lines(report: Report) -> list[str]:
    """Plain lines: every problem, then the summary, which ends with how many there are."""
    met = counted(report.problems)
    last = f"{summary(report)}; {met}" if met else summary(report)
    return [*(line(problem) for problem in report.problems), last]


def summary(report: Report) -> str:
    """``21 snippets: 21 passed, 168 checks; 9 fences: 9 passed; 14 from the cache, 0.31 s``."""
    counted = totals(report)
    fences, probed = sum(counted.fences.values()), sum(counted.probed.values())
    if not report.results:
        return f"nothing was verified, {report.seconds:.2f} s"
    parts = []
    if any(counted.snippets.values()):
        parts.append(_snippets(counted))
    if fences:
        parts.append(f"{count(fences, 'fence')}: {', '.join(_outcomes(counted.fences))}")
    if probed:
        asked = count(probed, "probed framework")
        parts.append(f"{asked}: {', '.join(_outcomes(counted.probed))}")
    cost = [f"{counted.cached} from the cache"] if counted.cached else []
    cost.append(f"{report.seconds:.2f} s")
    return f"{'; '.join(parts)}{';' if len(parts) > 1 else ','} {', '.join(cost)}"


def _snippets(counted: Totals) -> str:
    """``21 snippets: 20 passed, 1 failed, 167 of 168 checks, 2 deviations``."""
    parts, checks = _outcomes(counted.snippets), count(counted.checks, "check")
    held = counted.checks - counted.failed_checks
    parts.append(f"{held} of {checks}" if counted.failed_checks else checks)
    if counted.deviations:
        parts.append(count(counted.deviations, "deviation"))
    return f"{count(sum(counted.snippets.values()), 'snippet')}: {', '.join(parts)}"


def _outcomes(counted: Mapping[Outcome, int]) -> list[str]:
    """``20 passed``, ``1 failed``: the outcomes that there are."""
    return [f"{number} {outcome.value}" for outcome, number in counted.items() if number]
