"""From a problem to a failure, and from a result to its problems."""

from __future__ import annotations

from dataclasses import replace

from samples import check, deviating, failed, result

from fieldguide.base.problems import line
from fieldguide.model import Failure, Location, Outcome, Problem, Result
from fieldguide.results.result_problems import failure_of, problems_of

AT = Location("snippets/routing/flask/app.py", 3)


def lines(result: Result) -> list[str]:
    return [line(problem) for problem in problems_of(result)]


def test_a_failure_is_shown_under_the_id_anyway() -> None:
    problem = Problem(AT, "routing/flask: it cannot be loaded", "correct it")
    assert failure_of("routing/flask", problem, "a traceback") == Failure(
        AT, "it cannot be loaded", traceback="a traceback", next="correct it"
    )
    assert failure_of("routing/bottle", problem).message == problem.message


def test_a_pass_has_no_problem() -> None:
    assert lines(result(check(), deviating())) == []


def test_a_failed_check_names_its_claim_and_the_line_of_the_contract() -> None:
    assert lines(result(check(), failed(), outcome=Outcome.FAILED)) == [
        'snippets/routing/flask/app.py:12: routing/flask: "An unknown path is 404": '
        "expected 404, got 500 (snippets/routing/contract.py:14). "
        "Next: fieldguide explain routing/flask."
    ]


def test_a_failure_with_a_next_act_says_that_one() -> None:
    fence = replace(failed(), failure=Failure(AT, "it differs", next="correct this line"))
    assert lines(result(fence, outcome=Outcome.FAILED)) == [
        "snippets/routing/flask/app.py:3: routing/flask: it differs. Next: correct this line."
    ]


def test_a_deviation_that_passes_is_needless() -> None:
    passing = replace(check("test_head"), deviation="it has no HEAD")
    (problem,) = problems_of(result(passing, outcome=Outcome.FAILED))
    assert "passes test_head, which is declared as a deviation" in problem.message
    declared = Location("snippets/routing/flask/deviations.toml", 1)
    located = replace(passing, failure=Failure(declared, "it passes"))
    (problem,) = problems_of(result(located, outcome=Outcome.FAILED))
    assert problem.location == declared


def test_what_could_not_be_checked_comes_first() -> None:
    broken = result(failed(), outcome=Outcome.ERRORED, failure=Failure(AT, "it ended early"))
    assert lines(broken)[0] == (
        "snippets/routing/flask/app.py:3: routing/flask: it ended early. "
        "Next: fieldguide explain routing/flask."
    )
    assert len(lines(broken)) == 2


def test_a_contract_that_cannot_be_loaded_names_no_snippet() -> None:
    place = Location("snippets/routing/contract.py", 2)
    failure = Failure(place, "the contract cannot be loaded", next="correct it at this line")
    (problem,) = problems_of(result(outcome=Outcome.ERRORED, failure=failure))
    assert problem == Problem(place, "the contract cannot be loaded", "correct it at this line")


def test_the_server_and_the_database_are_named() -> None:
    failure = Failure(AT, "it ended early")
    served = result(outcome=Outcome.ERRORED, failure=failure, server="gunicorn", database="x://")
    (problem,) = problems_of(served)
    assert problem.message == "routing/flask under gunicorn on DATABASE_URL: it ended early"
