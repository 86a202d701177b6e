"""Every problem of a rendered page says where, what is the matter, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import AT, sentences, whole, worded

from fieldguide.model import Problem
from fieldguide.showing import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_name_that_is_nearly_right_is_suggested() -> None:
    problem = problems.unknown_subject(AT, "flsk", iter(["django", "flask"]))
    assert problem.message == 'no reading list knows "flsk" (did you mean "flask"?)'
