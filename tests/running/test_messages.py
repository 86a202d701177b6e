"""What a worker is told of a job; records of workers, read as declared or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sample_jobs import CONTRACT, group_job, snippet_job

from fieldguide.model import (
    DamagedRecord,
    GroupRecord,
    JobRecord,
    Limits,
    Outcome,
    Record,
    Refusal,
    RefusalReason,
)
from fieldguide.model.bounds import RECORD_BYTES
from fieldguide.running.messages import SERVER_SECONDS, JobMessage, Role, message, read

SNIPPET = snippet_job()
GROUP = group_job(
    '```python {.run data-group="g"}\nprint(1)\n```\n\n'
    '```python {.run data-group="g"}\nprint(2)\n```\n'
)
APP, TEXT = "YXBwID0gMQo=", "/w=="


def told(message: JobMessage) -> dict[str, Any]:
    """A message as the worker reads it."""
    content = message.encoded()
    assert b"\n" not in content
    whole: dict[str, Any] = json.loads(content)
    return whole


def test_both_sides_of_a_snippet() -> None:
    whole = told(message(SNIPPET, Role.BOTH, Path("/tmp/x"), 3))
    assert whole["role"] == "both"
    assert (whole["folder"], whole["processor"], whole["server"]) == ("/tmp/x", 3, None)
    assert (whole["entry"], whole["files"]) == ("app.py", {"app.py": APP, "a/b.txt": TEXT})
    assert whole["contract"] == CONTRACT.source
    assert (whole["checks"], whole["deviations"]) == (["a", "b"], ["b"])
    assert whole["limits"]["wall_seconds"] == Limits().wall_seconds


def test_an_application_is_not_told_its_contract() -> None:
    whole = told(message(SNIPPET, Role.APP))
    assert whole["role"] == "app"
    assert whole["files"]
    assert not (whole["contract"])
    assert not (whole["checks"])
    assert not (whole["deviations"])


def test_a_judge_is_not_given_the_application() -> None:
    whole = told(message(SNIPPET, Role.JUDGE))
    assert (whole["role"], whole["files"]) == ("judge", {})
    assert whole["contract"] == CONTRACT.source


def test_a_server_has_time_to_start_and_to_end() -> None:
    served = message(snippet_job("gunicorn", Limits(wall_seconds=2.0)), Role.BOTH)
    assert (served.server, served.limits.wall_seconds) == ("gunicorn", 2.0 + SERVER_SECONDS)


def test_a_group_is_told_its_steps() -> None:
    whole = told(message(GROUP, Role.BOTH))
    assert whole["role"] == "group"
    assert [(step["kind"], step["source"]) for step in whole["steps"]] == [
        ("python", "print(1)"),
        ("python", "print(2)"),
    ]
    assert not (whole["contract"])
    assert not (whole["checks"])


def test_no_fence_can_foresee_the_mark() -> None:
    marks = {message(GROUP, Role.BOTH).mark for _ in range(9)}
    assert len(marks) == 9
    assert all(len(mark) == 16 for mark in marks)


# What a worker leaves

MESSAGE = {"start": "GET / HTTP/1.1", "headers": [["Host", "localhost"]], "body": ""}
ANSWER = {**MESSAGE, "start": "HTTP/1.1 200 OK"}
CHECK: dict[str, Any] = {
    "name": "test_it",
    "outcome": "failed",
    "exchanges": [{"request": MESSAGE, "response": ANSWER}],
    "failure": {"message": "expected 1, got 2", "line": 3, "file": None, "contract_line": 7},
}


def left(value: object) -> Record | None:
    """What a snippet's worker left, read."""
    return read(SNIPPET, json.dumps(value).encode())


def left_by_group(value: object) -> Record | None:
    return read(GROUP, json.dumps(value).encode())


def test_a_record_is_read() -> None:
    record = left({"error": None, "checks": [CHECK]})
    assert isinstance(record, JobRecord)
    (check,) = record.checks
    assert (check.name, check.outcome) == ("test_it", Outcome.FAILED)
    assert check.exchanges[0].request.headers == (("Host", "localhost"),)
    assert check.failure is not None
    assert (check.failure.line, check.failure.contract_line) == (3, 7)


def test_a_refusal_is_read() -> None:
    record = left({"error": {"kind": "no app", "message": "none", "line": 1}, "checks": []})
    assert record == JobRecord(Refusal(RefusalReason.NO_APP, "none", line=1))


def test_a_groups_record_is_read_but_for_its_steps() -> None:
    """The language of each fence knows what its step leaves."""
    refusal = {"kind": "file", "message": "it cannot be written"}
    record = left_by_group({"error": refusal, "steps": [{"raised": 7}, [1]]})
    assert record == GroupRecord(
        Refusal(RefusalReason.FILE, "it cannot be written"), ({"raised": 7}, [1])
    )


@pytest.mark.parametrize(
    "record",
    [
        {"checks": {}},
        {"checks": [7]},
        {"checks": [{**CHECK, "outcome": "splendid"}]},
        {"checks": [{**CHECK, "exchanges": [{"request": MESSAGE}, 7]}]},
        {"checks": [{**CHECK, "failure": {**CHECK["failure"], "line": "x"}}]},
        {"checks": [{**CHECK, "failure": {**CHECK["failure"], "verdict": "passed"}}]},
        {"checks": [{"name": "test_it"}]},
        {"checks": [{"name": "test_it", "outcome": "passed"}]},
        {"error": 7},
        {"error": {"kind": "fine", "message": "no"}},
        {"error": {"kind": ["import"], "message": "no"}},
        {"error": {"kind": "import", "message": {"a": []}}},
        {"error": None, "checks": [], "outcome": "passed"},
    ],
)
def test_a_record_of_another_form_is_damaged(record: dict[str, Any]) -> None:
    damaged = left(record)
    assert isinstance(damaged, DamagedRecord)
    assert damaged.why


@pytest.mark.parametrize(
    "record", [{"error": 7}, {"error": {"message": "no"}}, {"steps": 7}, {"steps": [], "x": 1}]
)
def test_a_groups_record_of_another_form_is_damaged(record: dict[str, Any]) -> None:
    assert isinstance(left_by_group(record), DamagedRecord)


def test_nothing_is_no_record() -> None:
    assert read(SNIPPET, b"") is None
    assert read(GROUP, b"") is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "Expecting property name"),
        (b'{"error": null', "Expecting ',' delimiter"),
        (b"7", "expected dict, got int"),
        (b"[]", "expected dict, got list"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 10_000, "it is nested too deeply"),
        (b'{"error": null, "error": null}', "a key stands there twice"),
        (b'{"error": NaN}', "NaN is no number"),
        (b'{"steps": [-Infinity], "checks": [Infinity]}', "Infinity is no number"),
        (b'{"error": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
        (b'{"\xff": 1}', "can't decode"),
        (b'{"error": "' + b"x" * RECORD_BYTES + b'"}', "bytes, more than"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_is_no_json_of_ours_is_damaged_and_says_why(content: bytes, why: str) -> None:
    for job in (SNIPPET, GROUP):
        damaged = read(job, content)
        assert isinstance(damaged, DamagedRecord)
        assert why in damaged.why
        assert len(damaged.why) <= 300


HUGE = 10**400
FAILURE = CHECK["failure"]
OUT_OF_BOUNDS = {
    "a bool for a line": {**FAILURE, "line": True},
    "a negative line": {**FAILURE, "line": -1},
    "a line without end": {**FAILURE, "line": HUGE},
    "half a line": {**FAILURE, "line": 1.0},
    "a novel for a message": {**FAILURE, "message": "x" * 4001},
    "a library for a traceback": {**FAILURE, "traceback": "x" * 40_001},
    "a list for a text": {**FAILURE, "expected": ["x"]},
}
MESSAGES: dict[str, dict[str, Any]] = {
    "no status line": {"start": ""},
    "a status of other digits": {"start": "HTTP/1.1 \u0662\u0660\u0660 OK"},
    "a status that is none": {"start": "HTTP/1.1 999 OK"},
    "twenty megabytes of headers": {"headers": [["X-Field", "x" * 20_000_000]]},
    "a thousand headers and one": {"headers": [["X", "y"]] * 1001},
    "a header of three": {"headers": [["X", "y", "z"]]},
    "a header in no list": {"headers": {"X": "y"}},
    "a body that is too long": {"body": "x" * 40_001},
    "a negative size": {"size": -1},
    "a size of many digits": {"size": HUGE},
    "a number for yes": {"binary": 1},
}


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
def test_a_field_out_of_its_bounds_is_damage(name: str) -> None:
    damaged = left({"checks": [{**CHECK, "failure": OUT_OF_BOUNDS[name]}]})
    assert isinstance(damaged, DamagedRecord)
    assert damaged.why.startswith("checks: failure: ")
    assert len(damaged.why) <= 300


@pytest.mark.parametrize("name", MESSAGES)
def test_an_exchange_out_of_its_bounds_is_damage(name: str) -> None:
    exchange = {"request": MESSAGE, "response": {**ANSWER, **MESSAGES[name]}}
    assert isinstance(left({"checks": [{**CHECK, "exchanges": [exchange]}]}), DamagedRecord)


@pytest.mark.parametrize("outcome", ["skipped", "timed out"])
def test_no_judge_leaves_a_check_out(outcome: str) -> None:
    assert isinstance(left({"checks": [{**CHECK, "outcome": outcome}]}), DamagedRecord)


def test_what_has_no_end_is_damage() -> None:
    assert isinstance(left({"checks": [CHECK] * 10_001}), DamagedRecord)
    assert isinstance(left({"checks": [{**CHECK, "exchanges": [7] * 1001}]}), DamagedRecord)
    assert isinstance(left_by_group({"steps": [7] * 10_001}), DamagedRecord)
