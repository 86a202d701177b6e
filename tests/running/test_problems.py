"""The words of every problem of the sandbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.model import Location, Problem
from fieldguide.running import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_what_is_missing_is_a_warning_until_somebody_demands_it() -> None:
    place = Location("this machine")
    for problem in (
        problems.no_boundary_here(place, "darwin"),
        problems.no_bubblewrap(place),
        problems.bubblewrap_refused(place, "Permission denied"),
    ):
        assert problem.severity == "warning"
        assert problem.message.startswith("not a sandbox: ")
    assert problems.bad_mode(place, "of", ["off"]).severity == "error"
