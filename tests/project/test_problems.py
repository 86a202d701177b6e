"""The words of every problem of snippets, deviations and probes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.model import Location, Problem
from fieldguide.project import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_folder_is_told_what_to_be_called() -> None:
    problem = problems.concept_name(Location("snippets/Error_Pages", 7))
    assert problem.next == "rename it, for example to snippets/error-pages"
