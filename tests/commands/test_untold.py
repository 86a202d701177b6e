"""The errors of a run that no result tells."""

from __future__ import annotations

from samples import failed, report, result

from fieldguide.commands.reports.untold import untold
from fieldguide.model import Location, Outcome, Problem
from fieldguide.results.problems import no_environment
from fieldguide.results.result_problems import failure_of, problems_of

OURS = Problem(Location("hooks/fieldguide/running/pool.py", 7), "the engine itself broke", "report")
WARNING = Problem(Location("pyproject.toml"), "not a sandbox", "install it", "warning")


def test_what_results_tell_is_not_told_again() -> None:
    one = result(failed(), outcome=Outcome.FAILED)
    told = tuple(problems_of(one))
    assert told
    assert list(untold(report(one, problems=(*told, OURS, WARNING)))) == [OURS]


def test_an_environment_that_cannot_be_made_is_told_by_what_needs_it() -> None:
    refusal = Problem(Location("environments/flask.txt"), "no lock", "make one")
    one = result(outcome=Outcome.ERRORED)
    failure = no_environment(one.location, one.id, refusal)
    one = result(outcome=Outcome.ERRORED, failure=failure_of(one.id, failure))
    assert list(untold(report(one, problems=(refusal, OURS)))) == [OURS]
