"""What the records know of themselves."""

from __future__ import annotations

import pytest
from samples import check

from fieldguide.model import Outcome


@pytest.mark.parametrize(
    ("outcome", "deviation", "deviates", "unexpected"),
    [
        (Outcome.PASSED, None, False, False),
        (Outcome.PASSED, "it has no HEAD", False, True),
        (Outcome.FAILED, None, False, True),
        (Outcome.FAILED, "it has no HEAD", True, False),
        (Outcome.ERRORED, None, False, True),
        (Outcome.ERRORED, "it has no HEAD", True, False),
    ],
)
def test_a_check_knows_whether_it_ended_as_declared(
    outcome: Outcome, deviation: str | None, deviates: bool, unexpected: bool
) -> None:
    result = check(outcome=outcome, deviation=deviation)
    assert (result.deviates, result.unexpected) == (deviates, unexpected)
