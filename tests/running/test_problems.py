"""The words of every problem of the sandbox."""

from __future__ import annotations

import every_problem

from fieldguide.model import Location
from fieldguide.running import problems


def test_each_has_a_place_a_message_and_a_next_act() -> None:
    names = every_problem.check(problems)
    assert names == {
        "no_boundary_here",
        "no_bubblewrap",
        "bubblewrap_refused",
        "no_boundary_shown",
        "less_than_strict",
        "bad_mode",
    }


def test_what_is_missing_is_a_warning_until_somebody_demands_it() -> None:
    place = Location("this machine")
    for problem in (
        problems.no_boundary_here(place, "darwin"),
        problems.no_bubblewrap(place),
        problems.bubblewrap_refused(place, "Permission denied"),
        problems.no_boundary_shown(place, "/usr/bin/bwrap", [problems.NOT_PROCESS_1]),
    ):
        assert problem.severity == "warning"
        assert problem.message.startswith("not a sandbox: ")
    assert problems.bad_mode(place, "of", ["off"]).severity == "error"
