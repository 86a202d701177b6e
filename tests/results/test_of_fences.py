"""A group of fences passes only where every step left what its page expects."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from passes import ENVIRONMENT
from sample_groups import group_of, python

from fieldguide.model import FenceJob, Group, Limits, Lost, Outcome, Reply, Result, Stopped
from fieldguide.results import of_fences
from fieldguide.running import fence_jobs, messages

QUIET: dict[str, Any] = {"raised": None, "threads": []}
RAISED = {**QUIET, "raised": {"names": ["ValueError"], "text": "ValueError: no", "line": 1}}
PRINTS = group_of(python("print(1)"), python("1", output=True), python("pass"))


def job(group: Group) -> FenceJob:
    return fence_jobs.job(group, ENVIRONMENT, Limits(), {})


def reply(*steps: object, output: str = "", **changes: Any) -> Reply:
    told = {"error": changes.get("error"), "steps": list(steps)}
    record = messages.read(job(PRINTS), json.dumps(told).encode("utf-8"))
    exit, stopped = changes.get("exit", 0), changes.get("stopped")
    return Reply(record, output, exit, stopped, 1.0, mark="m")


def result(*steps: object, printed: str = "1\n", **changes: Any) -> Result:
    output = f"\n\x1em 0\x1e\n{printed}\n\x1em 1\x1e\n\n\x1em end\x1e\n"
    return of_fences.result(job(PRINTS), reply(*steps, output=output, **changes), ("own process",))


def outcomes(result: Result) -> list[Outcome]:
    return [check.outcome for check in result.checks]


def test_what_came_as_expected_is_a_pass() -> None:
    passed = result(QUIET, QUIET)
    assert (passed.outcome, outcomes(passed)) == (Outcome.PASSED, [Outcome.PASSED] * 2)
    assert (passed.id, passed.concept, passed.framework) == ("notes#one", "notes", "flask")
    assert (passed.reason, passed.layers) == ("", ("own process",))


def test_another_output_fails_at_the_line_that_expects_it() -> None:
    failed = result(QUIET, QUIET, printed="2\n")
    assert outcomes(failed) == [Outcome.FAILED, Outcome.PASSED]
    failure = failed.checks[0].failure
    assert failure is not None
    assert failure.location == PRINTS.entries[1].fence.lines[0]
    assert (failure.expected, failure.actual) == ("1", "2")
    assert "fieldguide bless notes#one" in failure.next
    assert failed.reason == failure.message


DATED = group_of(python("print(1)"), python("2026-11-24", output=True), python("pass"))


def twice(first: str, second: Reply | Lost | str | None, moved: bool = True) -> Result:
    """Of a group that prints that in its two runs."""

    def run(printed: str, moved: bool) -> Reply:
        output = f"\n\x1em 0\x1e\n{printed}\n\x1em 1\x1e\n\n\x1em end\x1e\n"
        return replace(reply(QUIET, QUIET, output=output), moved=moved)

    again = run(second, moved) if isinstance(second, str) else second
    return of_fences.result(job(DATED), replace(run(first, False), second=again), ())


def test_what_differs_between_two_runs_is_no_mismatch() -> None:
    assert twice("2026-12-01\n", "2026-12-02\n").outcome is Outcome.PASSED
    assert twice("2026-11-24\n", "2026-11-24\n").outcome is Outcome.PASSED


def test_what_is_the_same_in_two_runs_is_compared_if_the_clock_was_another_one() -> None:
    failed = twice("2026-12-01\n", "2026-12-01\n")
    assert outcomes(failed) == [Outcome.FAILED, Outcome.PASSED]
    assert failed.reason == 'expected "2026-11-24", got "2026-12-01"'
    assert twice("2026-12-01\n", "2026-12-01\n", moved=False).outcome is Outcome.PASSED


def test_a_second_run_that_does_not_hold_says_so_at_the_line() -> None:
    failed = twice("2026-12-01\n", "milk\n")
    assert outcomes(failed) == [Outcome.FAILED, Outcome.PASSED]
    failure = failed.checks[0].failure
    assert failure is not None
    assert failure.location == DATED.entries[1].fence.lines[0]
    assert (failure.expected, failure.actual) == ("2026-11-24", "milk")
    assert failure.message == (
        "not the same in a second run, with another clock, hash seed, time zone and folder: "
        'expected "2026-11-24", got "milk"'
    )
    assert "write ..." in failure.next


def test_so_does_one_that_crashes_or_is_stopped() -> None:
    for change in ({"exit": 3}, {"stopped": Stopped.TIME}):
        ended = replace(reply(output="\n\x1em 0\x1e\n"), record=None, **change)
        failed = twice("2026-12-01\n", ended)
        assert outcomes(failed) == [Outcome.FAILED, Outcome.SKIPPED]
        assert failed.reason.startswith("not the same in a second run")
        assert failed.outcome is Outcome.FAILED


def test_a_second_run_that_was_lost_is_an_error() -> None:
    assert twice("2026-12-01\n", Lost("gone")).outcome is Outcome.ERRORED


def test_a_first_run_that_fails_is_told_whatever_the_second_does() -> None:
    for second in ("2026-12-02\n", Lost("gone"), None):
        assert twice("milk\n", second).reason == 'expected "2026-11-24", got "milk"'


def test_no_pass_without_the_second_run_that_is_needed() -> None:
    with pytest.raises(RuntimeError, match="was to run twice, and ran once"):
        twice("2026-12-01\n", None)


def test_nothing_of_a_second_run_that_fails_is_accepted() -> None:
    good = replace(reply(QUIET, QUIET), output="", moved=False)
    assert not of_fences.broken(DATED, good)
    assert of_fences.broken(DATED, replace(good, second=Lost("gone")))
    assert of_fences.broken(DATED, replace(good, second=replace(good, exit=3)))


def test_code_that_raises_cannot_be_accepted_and_ends_the_group() -> None:
    failed = result(RAISED)
    assert outcomes(failed) == [Outcome.FAILED, Outcome.SKIPPED]
    failure = failed.checks[0].failure
    assert failure is not None
    assert "ValueError: no" in failure.message
    assert "bless" not in failure.next


def test_a_damaged_step_is_an_error_and_the_next_is_judged() -> None:
    assert outcomes(result(7, QUIET)) == [Outcome.ERRORED, Outcome.PASSED]


def test_a_group_that_cannot_go_on_says_why() -> None:
    refused = result(error={"kind": "no app", "message": "there is no app"})
    assert outcomes(refused) == [Outcome.ERRORED, Outcome.SKIPPED]
    failure = refused.checks[0].failure
    assert failure is not None
    assert (failure.message, failure.next) == ("there is no app", "correct it there")


def test_the_step_that_time_ran_out_in_is_to_blame() -> None:
    late = of_fences.result(
        job(PRINTS),
        Reply(None, "\n\x1em 0\x1e\n\n\x1em 1\x1e\n", -9, Stopped.TIME, 60.0, mark="m"),
        (),
    )
    assert outcomes(late) == [Outcome.SKIPPED, Outcome.TIMED_OUT]
    assert late.outcome is Outcome.TIMED_OUT


@pytest.mark.parametrize(
    ("left", "broken"),
    [
        (reply(QUIET, QUIET), False),
        (reply(QUIET), True),
        (reply(QUIET, RAISED), True),
        (reply(QUIET, QUIET, exit=1), True),
        (reply(QUIET, QUIET, stopped=Stopped.MEMORY), True),
        (Reply(None, "", 0, None, 1.0, mark="m"), True),
    ],
)
def test_only_what_code_left_that_ran_well_may_become_the_expectation(
    left: Reply, broken: bool
) -> None:
    assert of_fences.broken(PRINTS, left) is broken
