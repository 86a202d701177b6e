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
RAISED = {"names": ["ValueError"], "text": "ValueError: x"}
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
    "it raised before the first line": replace(
        ORDERLY, record=GroupRecord(None, ({**WELL, "raised": {**RAISED, "line": -1}},))
    ),
    "it raised in a line of many digits": replace(
        ORDERLY, record=GroupRecord(None, ({**WELL, "raised": {**RAISED, "line": 10**400}},))
    ),
    "it raised in a step before the first": replace(
        ORDERLY, record=GroupRecord(None, ({**WELL, "raised": {**RAISED, "step": -1}},))
    ),
    "it raised in the line True": replace(
        ORDERLY, record=GroupRecord(None, ({**WELL, "raised": {**RAISED, "line": True}},))
    ),
    "it tells of two steps, and has one": replace(ORDERLY, record=GroupRecord(None, (WELL, WELL))),
    "it has no record, and marks a step that there is not": replace(
        ORDERLY, record=None, output="\n\x1em 0\x1e\n\n\x1em 7\x1e\n"
    ),
    "it marks a step of many digits": replace(
        ORDERLY, output=f"\n\x1em 0\x1e\n\n\x1em {'9' * 4301}\x1e\n\n\x1em 99\x1e\n"
    ),
    "it marks a step of other digits": replace(ORDERLY, record=None, output="\n\x1em \u0661\x1e\n"),
    "it marks its step twice": replace(ORDERLY, output="\n\x1em 0\x1e\n\n\x1em 0\x1e\n"),
    "it marks its end before its step": replace(ORDERLY, output="\n\x1em end\x1e\n\n\x1em 0\x1e\n"),
    "it marks its end twice": replace(
        ORDERLY, output="\n\x1em 0\x1e\n\n\x1em end\x1e\n\n\x1em end\x1e\n"
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


@pytest.mark.parametrize("step", [0, 1, 99])
def test_a_step_that_there_is_not_is_the_fences_own(step: int) -> None:
    job = group_job("```python {#one .run}\npass\nraise\n```\n")
    raised = {"names": ["ValueError"], "text": "ValueError: x", "line": 2, "step": step}
    record = GroupRecord(None, ({"raised": raised, "threads": []},))
    result = of_fences.result(job, replace(ORDERLY, record=record), ())
    assert result.outcome is Outcome.FAILED
    assert result.checks[0].failure is not None
    assert result.checks[0].failure.location.line == 3


SEVERAL = """\
```python {.run data-group="g"}
pass
```

```python {data-group="g" data-file="a.py"}
a = 1
```

```python {.run data-group="g"}
pass
```
"""


def test_a_file_that_cannot_be_written_fails_the_fence_after_it_and_no_fence_twice() -> None:
    job = group_job(SEVERAL)
    record = GroupRecord(Refusal(RefusalReason.FILE, "a.py cannot be written"), (WELL,))
    output = "".join(f"\n\x1em {step}\x1e\n" for step in (0, 1, "end"))
    result = of_fences.result(job, replace(ORDERLY, record=record, output=output), ())
    assert [(check.check.name, check.outcome) for check in result.checks] == [
        (job.checks[0].name, Outcome.PASSED),
        (job.checks[1].name, Outcome.ERRORED),
    ]
    assert result.outcome is Outcome.ERRORED


def test_every_fence_has_a_result_when_none_was_reached() -> None:
    job = group_job(SEVERAL)
    result = of_fences.result(job, replace(ORDERLY, record=DamagedRecord("nonsense")), ())
    assert [check.outcome for check in result.checks] == [Outcome.ERRORED, Outcome.SKIPPED]
    assert "its record is damaged: nonsense" in result.reason


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
