"""Every problem of a rendered page says where, what is the matter, and what to do next."""

from __future__ import annotations

import pytest

from fieldguide.base.problems import line
from fieldguide.model import Location, Problem
from fieldguide.showing import problems

PLACE = Location("docs/a.md", 3)
PROBLEMS = [
    problems.directive_syntax(PLACE, ":::x"),
    problems.proof_missing(PLACE, "a/index.html"),
    problems.unknown_subject(PLACE, "flsk", ["flask"]),
    problems.fence_not_shown(PLACE, KeyError("x")),
    problems.page_takes_too_long(PLACE),
]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.message)
def test_a_problem(problem: Problem) -> None:
    assert problem.location == PLACE
    assert problem.message
    assert problem.next
    assert not problem.message.endswith(".")
    assert not problem.next.endswith(".")
    assert line(problem).startswith("docs/a.md:3: ")


def test_none_is_forgotten() -> None:
    worded = {name for name in vars(problems) if callable(getattr(problems, name))}
    functions = {
        name
        for name in worded
        if getattr(getattr(problems, name), "__module__", "") == problems.__name__
    }
    assert len(functions) == len(PROBLEMS)


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    problem = problems.unknown_subject(PLACE, "flsk", iter(["django", "flask"]))
    assert problem.message == 'no reading list knows "flsk" (did you mean "flask"?)'
