"""The words of every problem of a fence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.model import Location, Problem
from fieldguide.pages.fences import problems

HERE = Location("docs/a.md", 7)


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_key_without_its_prefix_is_found() -> None:
    problem = problems.unknown_key(HERE, "env", ["data-env", "title"])
    assert '(did you mean "data-env"?)' in problem.message


def test_closing_marks_are_told_how_far_to_go_in() -> None:
    assert problems.closing_indent(HERE, 3, 4).next == "indent them by 4 spaces"
    assert problems.closing_indent(HERE, 3, 1).next == "indent them by 1 space"
    assert problems.closing_indent(HERE, 3, 0).next == "write them without indentation"


def test_a_fence_without_a_language_is_called_that() -> None:
    assert "is without a language" in problems.output_not_text(HERE, "").message
    assert "is in python" in problems.output_not_text(HERE, "python").message
