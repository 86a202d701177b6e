"""The words of every problem of what a tree declares."""

from __future__ import annotations

import every_problem

from fieldguide.model import Location
from fieldguide.project import contract_problems, problems, settings_problems

HERE = Location("snippets/Error_Pages", 7)


def test_each_has_a_place_a_message_and_a_next_act() -> None:
    assert len(every_problem.check(problems)) > 15
    assert len(every_problem.check(settings_problems)) == 8
    assert len(every_problem.check(contract_problems)) > 15


def test_a_folder_is_told_what_to_be_called() -> None:
    problem = problems.concept_name(HERE)
    assert problem.next == "rename it, for example to snippets/error-pages"


def test_an_example_of_a_limit_is_what_it_is_where_nobody_sets_it() -> None:
    assert settings_problems.limit_no_number(HERE, "wall_seconds", 60.0).next == (
        "write wall_seconds = 60, for example"
    )
    assert settings_problems.limit_not_whole(HERE, "output_bytes", 1048576).next == (
        "write output_bytes = 1048576, for example"
    )


def test_a_syntax_error_without_a_line() -> None:
    assert contract_problems.contract_syntax(HERE, "x").next == "correct it at this line"
    assert contract_problems.contract_syntax(Location("a"), "x").next == "correct it there"
