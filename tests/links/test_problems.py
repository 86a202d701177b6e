"""The problems of links: each says where, what, and the next act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import wording

from fieldguide.links import problems
from fieldguide.model import Problem

FUNCTIONS = dict(wording.functions(problems))


@pytest.mark.parametrize("word", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_problem_is_whole(word: Callable[..., Problem]) -> None:
    wording.check(wording.worded(word))


def test_the_nearest_name_is_offered() -> None:
    problem = problems.nothing_to_look_at("handler", ["handlers", "pages"])
    assert problem.location.path == "handler"
    assert 'did you mean "handlers"?' in problem.message
