"""The words of every problem of a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.model import Location, Problem
from fieldguide.pages import bound_problems, problems

HERE = Location("docs/a.md", 7)


@pytest.mark.parametrize("sentence", sentences(problems, bound_problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_what_was_meant_is_named() -> None:
    problem = problems.section_missing(HERE, "app.py", "rout", ["route"])
    assert '(did you mean "route"?)' in problem.message
    assert "it has: route" in problem.message
    assert "it has no section" in problems.section_missing(HERE, "app.py", "rout", []).message
