"""The counts of a report, and what a result is a result of."""

from __future__ import annotations

import pytest
from samples import check, deviating, failed, report, result

from fieldguide.commands.reports.build_time import build_time
from fieldguide.commands.reports.subject import Subject, subject
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


def test_what_a_result_is_of() -> None:
    assert subject(result()) is Subject.SNIPPET
    assert subject(FENCES) is Subject.FENCES
    assert subject(PROBED) is Subject.PROBES


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


def test_a_reproducible_build_has_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_time().isoformat() == "2023-11-14T22:13:20+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert build_time().year > 2023
