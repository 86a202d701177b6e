"""The turns of a job: one, another try, and a second run where two can tell more than one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_jobs import groups_of

from fieldguide.environments import prepare
from fieldguide.model import FenceJob, Limits, Lost, Reply, Stopped
from fieldguide.running import fence_jobs
from fieldguide.running.again.turns import Turn

ENDED = Reply(None, "", 0, None, 1.0)
STARVED = replace(ENDED, stopped=Stopped.TIME, seconds=60.0, waited=50.0)


def job(output: str) -> FenceJob:
    page = f"```python {{.run}}\nprint(1)\n```\n\n```text {{.output}}\n{output}\n```\n"
    (group,) = groups_of(page).values()
    return fence_jobs.job(group, prepare.bare(), Limits(), {})


ONCE, TWICE = job("1"), job("2026-11-24")


def test_who_had_no_processor_has_another_try_and_only_one() -> None:
    again = Turn(TWICE).tried_again(STARVED)
    assert again is not None
    assert again.patient().limits.wall_seconds > TWICE.limits.wall_seconds
    assert again.tried_again(STARVED) is None
    assert Turn(TWICE).tried_again(ENDED) is None
    assert Turn(TWICE).tried_again(Lost("x")) is None
    assert Turn(TWICE).patient() is TWICE


def test_a_second_run_may_have_another_try_too() -> None:
    second = Turn(TWICE).second(ENDED)
    assert second is not None
    again = second.tried_again(STARVED)
    assert again is not None
    assert again.first is ENDED


@pytest.mark.parametrize(
    "first", [Lost("x"), replace(ENDED, exit=1), replace(ENDED, stopped=Stopped.OUTPUT)]
)
def test_what_did_not_end_by_itself_has_no_second_run(first: Reply | Lost) -> None:
    assert Turn(TWICE).second(first) is None
    assert Turn(TWICE).answer(first) is first


def test_the_answer_has_both_runs() -> None:
    assert Turn(ONCE).second(ENDED) is None
    second = Turn(TWICE).second(ENDED)
    assert second is not None
    assert second.second(ENDED) is None
    assert second.answer(STARVED) == replace(ENDED, second=STARVED)
    assert second.answer(Lost("x")) == replace(ENDED, second=Lost("x"))
