"""The words of every problem of a page and of its fences."""

from __future__ import annotations

import every_problem

from fieldguide.model import Location
from fieldguide.pages import problems
from fieldguide.pages.fences import problems as fence_problems

HERE = Location("docs/a.md", 7)


def test_each_has_a_place_a_message_and_a_next_act() -> None:
    assert len(every_problem.check(problems)) > 15
    assert len(every_problem.check(fence_problems)) > 20


def test_what_was_meant_is_named() -> None:
    problem = problems.section_missing(HERE, "app.py", "rout", ["route"])
    assert '(did you mean "route"?)' in problem.message
    assert "it has: route" in problem.message
    assert "it has no section" in problems.section_missing(HERE, "app.py", "rout", []).message


def test_a_key_without_its_prefix_is_found() -> None:
    problem = fence_problems.unknown_key(HERE, "env", ["data-env", "title"])
    assert '(did you mean "data-env"?)' in problem.message


def test_closing_marks_are_told_how_far_to_go_in() -> None:
    assert fence_problems.closing_indent(HERE, 3, 4).next == "indent them by 4 spaces"
    assert fence_problems.closing_indent(HERE, 3, 1).next == "indent them by 1 space"
    assert fence_problems.closing_indent(HERE, 3, 0).next == "write them without indentation"
