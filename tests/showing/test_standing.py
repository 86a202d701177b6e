"""How a result and a check stand, and the words for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import check, deviating, result

from fieldguide.model import (
    Failure,
    Location,
    Outcome,
    Result,
    Standing,
)
from fieldguide.showing import standing


def test_a_declared_deviation_that_passes_counts_as_failed() -> None:
    checked = replace(
        check(deviation="was true once"), failure=Failure(Location("d.toml", 1), "it passes")
    )
    assert standing.of_check(checked) is Standing.FAILED


@pytest.mark.parametrize(
    ("given", "digest", "expected"),
    [
        (None, "now", Standing.UNVERIFIED),
        (result(), "now", Standing.PASSED),
        (result(), "later", Standing.STALE),
        (result(check(), deviating()), "now", Standing.DEVIATES),
        (result(check(), deviating()), "later", Standing.STALE),
        (result(source=""), "now", Standing.STALE),
        (result(outcome=Outcome.TIMED_OUT), "now", Standing.TIMED_OUT),
        (result(outcome=Outcome.ERRORED, source=""), "now", Standing.ERRORED),
        (result(outcome=Outcome.SKIPPED, source=""), "later", Standing.SKIPPED),
    ],
)
def test_standing(given: Result | None, digest: str, expected: Standing) -> None:
    assert standing.of_result(given, digest) is expected


def test_every_standing_has_words_and_a_class_and_every_outcome_a_standing() -> None:
    assert set(standing.WORDS) == set(Standing)
    assert {standing.of_outcome(outcome).value for outcome in Outcome} == {
        outcome.replace(" ", "-") for outcome in Outcome
    }
    assert standing.classes("fg-cell", Standing.TIMED_OUT) == "fg-cell fg-cell--timed-out"


def test_a_check_that_is_left_out_counts_neither_for_nor_against() -> None:
    out = replace(check(outcome=Outcome.SKIPPED, deviation="it cannot"), left_out="no TLS here")
    assert standing.of_check(out) is Standing.SKIPPED
    assert (out.unexpected, out.deviates) == (False, False)
    assert standing.checks_line(result(check(), out)) == "2 checks, 1 left out"
    assert standing.of_result(result(check(), out), "now") is Standing.PASSED
