"""Every problem with locks, environments and kinds."""

from __future__ import annotations

from typing import Any

import pytest
from worded import holds_together, sentences, spoken

from fieldguide.environments import problems
from fieldguide.model import Problem


@pytest.mark.parametrize("sentence", sentences(problems))
def test_every_problem_has_a_place_a_message_and_a_next_act(sentence: Any) -> None:
    problem = spoken(sentence)
    if isinstance(problem, Problem):
        holds_together(problem)
    else:
        assert problem == "uv ended with status 3"
