"""The result of a snippet: only a whole record of its own contract is ever a pass."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples
from passes import CHECKS, DEVIATION, ENVIRONMENT, LAYERS, SNIPPET, job

from fieldguide.base import json_records
from fieldguide.model import Location, Outcome, Record, Reply, Stopped
from fieldguide.results.of_snippets import result, without_password
from fieldguide.results.result_problems import problems_of
from fieldguide.running import messages

PASSES: list[dict[str, Any]] = [
    {"name": check.name, "outcome": "passed", "exchanges": []} for check in CHECKS
]
FAILURE = {"message": "expected 1, got 2", "file": "app.py", "line": 3, "contract_line": 5}
FAILS = {**PASSES[0], "outcome": "failed", "failure": FAILURE}


def record(**parts: Any) -> Record | None:
    """A record as it is read from what a worker wrote."""
    return messages.read(job(), json.dumps(parts).encode("utf-8"))


def reply(*checks: dict[str, Any], **changes: Any) -> Reply:
    return replace(Reply(record(checks=checks), "printed", 0, None, 0.5), **changes)


def refusal(kind: str, **fields: Any) -> Reply:
    return reply(record=record(error={"kind": kind, "message": "no", **fields}))


def test_a_whole_record_is_a_pass() -> None:
    one = job()
    given = result(one, reply(*PASSES), LAYERS)
    assert given.outcome is Outcome.PASSED
    assert [check.check for check in given.checks] == list(CHECKS)
    assert (given.key, given.source, given.inputs) == (one.key, one.source, one.inputs)
    assert (given.output, given.seconds, given.layers) == ("printed", 0.5, LAYERS)
    assert (given.reason, given.failure) == ("", None)


@pytest.mark.parametrize(
    "left",
    [
        reply(),
        reply(*PASSES[:1]),
        reply(*PASSES, *PASSES),
        reply(*PASSES[::-1]),
        reply({**PASSES[0], "outcome": "well"}, PASSES[1]),
        reply({**PASSES[0], "outcome": "failed"}, PASSES[1]),
        reply(record=record(checks=7)),
        reply(record=None),
        reply(*PASSES, exit=1),
        reply(*PASSES, exit=-9),
        reply(*PASSES, stopped=Stopped.OUTPUT),
        reply(*PASSES, judge=True),
    ],
    ids=lambda left: str(left.record)[:30],
)
def test_anything_else_is_none(left: Reply) -> None:
    given = result(job(), left, LAYERS)
    assert given.outcome is Outcome.ERRORED
    assert given.failure is not None
    assert given.checks == ()
    assert given.reason == given.failure.message
    assert list(problems_of(given))


def test_a_failed_check_is_told_at_the_snippets_line() -> None:
    given = result(job(), reply(FAILS, PASSES[1]), LAYERS)
    assert given.outcome is Outcome.FAILED
    failure = given.checks[0].failure
    assert failure is not None
    assert failure.location == Location("snippets/routing/flask/app.py", 3)
    assert failure.contract == Location("snippets/routing/contract.py", 5)
    assert given.reason == "A: expected 1, got 2"


def test_a_line_outside_of_the_folder_is_not_believed() -> None:
    outside = {**FAILS, "failure": {**FAILURE, "file": "../other/app.py"}}
    failure = result(job(), reply(outside, PASSES[1]), LAYERS).checks[0].failure
    assert failure is not None
    assert failure.location == SNIPPET.location


def test_an_errored_check_is_no_failed_one() -> None:
    errs = {**FAILS, "outcome": "errored"}
    assert result(job(), reply(errs, FAILS | {"name": "test_b"}), LAYERS).outcome is (
        Outcome.ERRORED
    )


def deviating(status: str = "404 Not Found", got: str = "404") -> dict[str, Any]:
    """A check that fails after one answer."""
    answered = json_records.to_json(samples.exchange(status=status))
    return {**FAILS, "exchanges": [answered], "failure": {**FAILURE, "actual": got}}


@pytest.mark.parametrize(
    "other",
    [
        deviating("500 No"),
        deviating(got="405"),
        {**deviating(), "exchanges": []},
    ],
    ids=["another status", "another value", "no answer"],
)
def test_a_deviation_has_to_fail_as_declared(other: dict[str, Any]) -> None:
    declared = job(replace(SNIPPET, deviations=(DEVIATION,)))
    given = result(declared, reply(other, PASSES[1]), LAYERS)
    assert (given.outcome, given.checks[0].deviates) == (Outcome.FAILED, False)
    [problem] = problems_of(given)
    assert problem.location == DEVIATION.location
    assert 'declares answers = [404], got = "404"' in problem.message


def test_a_deviation_has_to_fail() -> None:
    declared = job(replace(SNIPPET, deviations=(DEVIATION,)))
    given = result(declared, reply(deviating(), PASSES[1]), LAYERS)
    assert (given.outcome, given.reason) == (Outcome.PASSED, "")
    assert given.checks[0].deviation == "it cannot"
    passing = result(declared, reply(*PASSES), LAYERS)
    assert passing.outcome is Outcome.FAILED
    failure = passing.checks[0].failure
    assert failure is not None
    assert (failure.location, failure.message) == (DEVIATION.location, "it passes")


@pytest.mark.parametrize(
    ("left", "message", "place"),
    [
        (refusal("import", name="lxml"), "no module named 'lxml' in the environment flask", 1),
        (refusal("no app"), "app.py exports no `app`", 1),
        (refusal("unknown app", line=9), "no", 1),
        (refusal("raised", file="app.py", line=2), "it raises while it is imported: no", 2),
        (refusal("syntax", file="app.py", line=2), "no", 2),
        (refusal("startup"), "no", 1),
    ],
    ids=["import", "no app", "unknown app", "raised", "syntax", "startup"],
)
def test_an_application_that_cannot_be_judged(left: Reply, message: str, place: int) -> None:
    given = result(job(), left, LAYERS)
    assert given.outcome is Outcome.ERRORED
    assert given.failure is not None
    assert given.failure.message == message
    assert given.failure.location == Location("snippets/routing/flask/app.py", place)
    assert given.failure.next


def test_a_contract_that_raises_is_told_at_its_own_line() -> None:
    failure = result(job(), refusal("contract", line=4), LAYERS).failure
    assert failure is not None
    assert failure.location == Location("snippets/routing/contract.py", 4)
    assert failure.message == "the contract cannot be loaded: no"


def test_this_machines_paths_are_not_told() -> None:
    environment = replace(ENVIRONMENT, python=Path("/somewhere/flask-1/bin/python"))
    raised = f"{environment.python.parent.parent}{os.sep}lib/a.py: no"
    left = reply({**FAILS, "failure": {**FAILURE, "traceback": raised}}, PASSES[1])
    failure = result(job(environment=environment), left, LAYERS).checks[0].failure
    assert failure is not None
    assert failure.message == "expected 1, got 2; lib/a.py: no"
    assert failure.traceback == "lib/a.py: no"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", ""),
        ("sqlite:///a.db", "sqlite:///a.db"),
        ("postgresql://me:secret@db:5432/x", "postgresql://me@db:5432/x"),
        ("postgresql://db/x?password=secret&a=1", "postgresql://db/x?a=1"),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_check_that_is_left_out_takes_nothing_from_a_pass() -> None:
    out = {**PASSES[0], "outcome": "skipped", "left_out": "no TLS here"}
    served = replace(job(), server="gunicorn")

    def given(*checks: dict[str, Any]) -> Any:
        content = json.dumps({"checks": checks}).encode("utf-8")
        return result(served, replace(reply(), record=messages.read(served, content)), LAYERS)

    most = given(out, *PASSES[1:])
    assert (most.outcome, most.checks[0].left_out, most.reason) == (
        Outcome.PASSED,
        "no TLS here",
        "",
    )
    none = given(*({**out, "name": one["name"]} for one in PASSES))
    assert (none.outcome, none.reason) == (Outcome.SKIPPED, "no TLS here")
    assert not list(problems_of(none))
