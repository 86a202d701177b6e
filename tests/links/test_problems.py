"""The problems of links: each says where, what, and the next act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.links import problems
from fieldguide.model import Problem


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_the_nearest_name_is_offered() -> None:
    problem = problems.nothing_to_look_at("handler", ["handlers", "pages"])
    assert problem.location.path == "handler"
    assert 'did you mean "handlers"?' in problem.message
