"""Nothing that the processes of fences leave is a pass but a whole record of an orderly end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sample_jobs import group_job

from fieldguide.model import (
    DamagedRecord,
    GroupRecord,
    Outcome,
    Refusal,
    RefusalReason,
    Reply,
    Result,
    Stopped,
)
from fieldguide.results import of_fences
from fieldguide.results.result_problems import problems_of

WELL: dict[str, Any] = {"raised": None, "threads": []}
HONEST = GroupRecord(None, (WELL,))
ORDERLY = Reply(HONEST, "", 0, None, 1.0, mark="m")
NO = Refusal(RefusalReason.STEP, "no")
DISHONEST = {
    "it was stopped": replace(ORDERLY, stopped=Stopped.TIME),
    "it wrote too much": replace(ORDERLY, stopped=Stopped.OUTPUT),
    "it crashed": replace(ORDERLY, exit=-11),
    "it left no record": replace(ORDERLY, record=None),
    "it left nothing in it": replace(ORDERLY, record=GroupRecord()),
    "its record is damaged": replace(ORDERLY, record=DamagedRecord("TypeError()")),
    "it tells nothing of its step": replace(ORDERLY, record=GroupRecord(None, ({},))),
    "it tells nonsense": replace(ORDERLY, record=GroupRecord(None, ([7],))),
    "it raised what has no name": replace(
        ORDERLY,
        record=GroupRecord(None, ({"raised": {"names": [], "text": "x"}, "threads": []},)),
    ),
    "it tells more than it can": replace(
        ORDERLY, record=GroupRecord(None, ({**WELL, "passed": True},))
    ),
    "it tells of an error": replace(ORDERLY, record=GroupRecord(NO, (WELL,))),
}


@pytest.mark.parametrize("name", DISHONEST)
def test_nothing_but_a_whole_record_of_an_orderly_end_is_a_pass(name: str) -> None:
    job = group_job("```python {#one .run}\npass\n```\n")
    assert of_fences.result(job, ORDERLY, ()).outcome is Outcome.PASSED
    result = of_fences.result(job, DISHONEST[name], ())
    assert result.outcome in (Outcome.ERRORED, Outcome.TIMED_OUT)
    assert problems_of(result)


@pytest.mark.parametrize("step", [-1, 0, 1, 99])
def test_a_step_that_there_is_not_is_the_fences_own(step: int) -> None:
    job = group_job("```python {#one .run}\npass\nraise\n```\n")
    raised = {"names": ["ValueError"], "text": "ValueError: x", "line": 2, "step": step}
    record = GroupRecord(None, ({"raised": raised, "threads": []},))
    result = of_fences.result(job, replace(ORDERLY, record=record), ())
    assert result.outcome is Outcome.FAILED
    assert result.checks[0].failure is not None
    assert result.checks[0].failure.location.line == 3


def test_code_that_failed_is_no_pass_whatever_else_it_left() -> None:
    job = group_job("```http {#one .run}\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n")
    request = {"start": "GET / HTTP/1.1", "headers": [], "body": ""}

    def result(start: str, broken: str | None) -> Result:
        response: dict[str, Any] = {"start": start, "headers": [], "body": ""}
        exchange = {"request": request, "response": response}
        record = GroupRecord(None, ({"exchanges": [exchange], "broken": broken},))
        return of_fences.result(job, replace(ORDERLY, record=record), ())

    assert result("HTTP/1.1 200 OK", None).outcome is Outcome.PASSED
    assert result("HTTP/1.1 200 OK", "it broke").outcome is Outcome.FAILED
    assert result("nonsense", None).outcome is Outcome.ERRORED
