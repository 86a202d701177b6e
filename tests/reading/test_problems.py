"""The problems of reading: each says where, what, and the next act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import AT, sentences, whole, worded

from fieldguide.model import Problem
from fieldguide.reading import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_what_the_schema_says_of_a_field_is_the_next_act() -> None:
    missing = problems.field_missing(AT, "why", "one sentence")
    assert missing.next == 'add "why"; its schema says: one sentence'
    assert problems.field_missing(AT, "why", "").next == 'add "why"'


def test_a_value_is_shown_as_it_is_written() -> None:
    assert problems.field_not_one_of(AT, "level", 7, ["easy"]).message == '"level" is 7'
    assert problems.field_not_one_of(AT, "level", "x", ["easy"]).message == ('"level" is "x"')
