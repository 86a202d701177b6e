"""The words of every problem of the settings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import AT, sentences, whole, worded

from fieldguide.model import Problem
from fieldguide.project import settings_problems


@pytest.mark.parametrize("sentence", sentences(settings_problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_an_example_of_a_limit_is_what_it_is_where_nobody_sets_it() -> None:
    assert settings_problems.limit_no_number(AT, "wall_seconds", 60.0).next == (
        "write wall_seconds = 60, for example"
    )
    assert settings_problems.limit_not_whole(AT, "output_bytes", 1048576).next == (
        "write output_bytes = 1048576, for example"
    )
