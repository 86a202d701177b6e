"""The counts of a report."""

from __future__ import annotations

from samples import check, deviating, failed, report, result

from fieldguide.commands.reports.totals import totals
from fieldguide.model import Location, Outcome

PROBED = result(
    check(),
    id="probes/flask",
    concept="probes",
    location=Location("probes/flask/app.py", 1),
    cached=True,
)
FENCES = result(
    check("a"), failed("b"), id="notes#one", outcome=Outcome.FAILED, cached=True, concept="notes"
)
UNRUN = result(id="notes#two", outcome=Outcome.SKIPPED, concept="notes")


def test_each_fence_counts_and_checks_are_of_snippets_alone() -> None:
    snippet = result(check(), failed(), deviating(), outcome=Outcome.FAILED)
    counted = totals(report(snippet, PROBED, FENCES, UNRUN))
    assert counted.snippets[Outcome.FAILED] == sum(counted.snippets.values()) == 1
    assert (counted.checks, counted.failed_checks, counted.deviations) == (3, 1, 1)
    assert {outcome: n for outcome, n in counted.fences.items() if n} == {
        Outcome.PASSED: 1, Outcome.FAILED: 1, Outcome.SKIPPED: 1,
    }  # fmt: skip
    assert sum(counted.probed.values()) == 1
    assert counted.cached == 3
    assert (counted.concepts, counted.frameworks, counted.seconds) == (1, 1, 0.314)
