"""The words of every problem of a page."""

from __future__ import annotations

import every_problem

from fieldguide.model import Location
from fieldguide.pages import bound_problems, problems

HERE = Location("docs/a.md", 7)


def test_each_has_a_place_a_message_and_a_next_act() -> None:
    assert len(every_problem.check(problems)) > 15
    assert len(every_problem.check(bound_problems)) > 10


def test_what_was_meant_is_named() -> None:
    problem = problems.section_missing(HERE, "app.py", "rout", ["route"])
    assert '(did you mean "route"?)' in problem.message
    assert "it has: route" in problem.message
    assert "it has no section" in problems.section_missing(HERE, "app.py", "rout", []).message
