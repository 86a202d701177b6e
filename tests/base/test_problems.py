"""Every problem that several stages meet, and the form in which all are shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.base import problems
from fieldguide.base.problems import ProblemError, Problems, counted, did_you_mean, line
from fieldguide.model import Location, Problem

HELPERS = {"counted", "line", "did_you_mean", "nearest"}
SENTENCES = [sentence for sentence in sentences(problems) if sentence.id not in HELPERS]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_problem_is_whole(sentence: Callable[..., Problem]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_problem_in_one_line() -> None:
    problem = Problem(Location("docs/a.md", 3), "two\nlines\x1b.", "write one.")
    assert line(problem) == "docs/a.md:3: two lines\\x1b. Next: write one."
    assert line(Problem(Location("docs"), "it is odd", "look")) == "docs: it is odd. Next: look."
    warned = Problem(Location("docs"), "it is odd", "look", severity="warning")
    assert line(warned) == "docs: warning: it is odd. Next: look."


def test_a_near_word_is_offered_and_a_far_one_is_not() -> None:
    assert did_you_mean("flsk", ["django", "flask"]) == ' (did you mean "flask"?)'
    assert did_you_mean("zope", ["django", "flask"]) == ""


def test_problems_are_collected_in_their_order() -> None:
    first, second = (problems.unreadable(Location(path), "why") for path in ("b", "a"))
    collector = Problems()
    assert not collector
    collector.add(first)
    collector.add(second, first)
    assert (list(collector), len(collector)) == ([first, second, first], 3)
    with pytest.raises(ProblemError) as raised:
        collector.stop()
    assert raised.value.problems == (first, second, first)
    assert str(raised.value).split("\n")[1] == line(second)


def test_work_goes_on_without_problems() -> None:
    Problems().stop()


def test_problems_are_counted_by_severity() -> None:
    error = Problem(Location("a"), "amiss", "mend it")
    warning = Problem(Location("a"), "odd", "look", severity="warning")
    assert counted([]) == ""
    assert counted([warning, error, error]) == "2 problems, 1 warning"
    assert counted([warning, warning]) == "2 warnings"
