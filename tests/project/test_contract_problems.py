"""The words of every problem of contracts and cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import AT, sentences, whole, worded

from fieldguide.model import Location, Problem
from fieldguide.project import contract_problems


@pytest.mark.parametrize("sentence", sentences(contract_problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_syntax_error_without_a_line() -> None:
    assert contract_problems.contract_syntax(AT, "x").next == "correct it at this line"
    assert contract_problems.contract_syntax(Location("a"), "x").next == "correct it there"
