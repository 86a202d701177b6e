"""Every problem with locks, environments and kinds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.environments import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., object]) -> None:
    for told in worded(sentence):
        whole(told)
