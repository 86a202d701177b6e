"""The problems of commands: each says where, what, and the next act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.commands import problems
from fieldguide.model import Problem


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_an_unknown_selection_offers_what_there_is() -> None:
    problem = problems.unknown_selection("flsk", ["flask", "bottle"])
    assert problem.message.endswith('(did you mean "flask"?)')
    assert problem.next == "name one, such as flask, or none for everything"
    assert problems.unknown_selection("x", []).next == "name one, or none for everything"
