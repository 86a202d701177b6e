"""A report in lines, for people at a terminal."""

from __future__ import annotations

from samples import check, deviating, failed, result
from samples import report as made

from fieldguide.commands.reports.terminal import lines, summary
from fieldguide.model import Location, Outcome, Problem

WRONG = Problem(Location("docs/a.md", 41), "wrong", "put it right")


def test_the_summary_is_one_line() -> None:
    passed = made(*[result(check(), check("b"), cached=True)] * 2, result(check()))
    assert summary(passed) == "3 snippets: 3 passed, 5 checks, 2 from the cache, 0.31 s"
    mixed = made(
        result(check(), failed(), deviating(), outcome=Outcome.FAILED),
        result(outcome=Outcome.TIMED_OUT),
        problems=(WRONG,),
    )
    assert lines(mixed)[-1] == (
        "2 snippets: 1 failed, 1 timed out, 2 of 3 checks, 1 deviation, 0.31 s; 1 problem"
    )
    assert len(lines(mixed)) == 2


def test_the_last_line_counts_the_problems_by_severity() -> None:
    odd = Problem(Location("docs/a.md", 3), "odd", "look", severity="warning")
    told = lines(made(result(check()), problems=(WRONG, odd, WRONG)))
    assert told[1] == "docs/a.md:3: warning: odd. Next: look."
    assert told[-1].endswith(" s; 2 problems, 1 warning")
    assert lines(made(result(check())))[-1].endswith(" s")
