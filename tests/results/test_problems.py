"""The problems of results: each says where, what, and the next act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import AT, sentences, whole, worded

from fieldguide.model import Limits, Problem, Stopped
from fieldguide.results import problems


@pytest.mark.parametrize("sentence", sentences(problems))
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


@pytest.mark.parametrize("stopped", Stopped)
def test_whatever_stops_a_job_is_said_in_one_way(stopped: Stopped) -> None:
    reasons = [problems.time_met(stopped, Limits()), problems.limit_met(stopped, Limits())]
    assert [reason for reason in reasons if reason] == [reason for reason in reasons if reason][:1]
    assert any(reasons)


def test_nothing_stopped_it() -> None:
    assert problems.time_met(None, Limits()) is None
    assert problems.limit_met(None, Limits()) is None


def test_limits_are_named_with_their_units() -> None:
    limits = Limits(wall_seconds=1.5, cpu_seconds=2, output_bytes=4096, memory_bytes=3 << 20)
    assert problems.time_met(Stopped.TIME, limits) == "1.5 s"
    assert problems.time_met(Stopped.PROCESSOR, limits) == "2 s of processor time"
    assert problems.limit_met(Stopped.OUTPUT, limits) == "wrote more than 4 KiB"
    assert problems.limit_met(Stopped.MEMORY, limits) == "used more than 3 MiB of memory"


def test_only_a_fence_that_ran_well_can_be_accepted() -> None:
    at = AT
    assert "fieldguide bless a#b" in problems.fence_differs(at, "a#b", "no", 0, True).next
    assert "bless" not in problems.fence_differs(at, "a#b", "no", 0, False).next
    assert problems.fence_differs(at, "a#b", "no", 2, True).message == "a#b: no (and 2 more)"


def test_a_new_answer_says_which_one_it_replaces() -> None:
    changed = problems.answer_changed(AT, "Flask 3", "HEAD", "405", "200", "2.3")
    assert changed.message == "Flask 3: HEAD: 405, was 200 in 2.3"
    first = problems.answer_changed(AT, "Flask 3", "HEAD", "405", None, "")
    assert first.message == "Flask 3: HEAD: 405, which nobody has accepted yet"
    assert changed.severity == first.severity == "warning"
