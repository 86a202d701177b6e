"""Records of workers: read as declared, and anything else is refused."""

from __future__ import annotations

from typing import Any

import pytest

from fieldguide.model import Outcome
from fieldguide.running.protocol import JobRecord, Refusal, RefusalReason, read

MESSAGE = {"start": "GET / HTTP/1.1", "headers": [["Host", "localhost"]], "body": ""}
CHECK: dict[str, Any] = {
    "name": "test_it",
    "outcome": "failed",
    "exchanges": [{"request": MESSAGE, "response": MESSAGE}],
    "failure": {"message": "expected 1, got 2", "line": 3, "file": None, "contract_line": 7},
}


def test_a_record_is_read() -> None:
    (check,) = read({"error": None, "checks": [CHECK]}).checks
    assert (check.name, check.outcome) == ("test_it", Outcome.FAILED)
    assert check.exchanges[0].request.headers == (("Host", "localhost"),)
    assert check.failure is not None
    assert (check.failure.line, check.failure.contract_line) == (3, 7)


def test_a_refusal_is_read() -> None:
    record = read({"error": {"kind": "no app", "message": "none", "line": 1}, "checks": []})
    assert record == JobRecord(Refusal(RefusalReason.NO_APP, "none", line=1))


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
        {"error": 7},
        {"error": {"kind": "fine", "message": "no"}},
        {"error": {"kind": ["import"], "message": "no"}},
        {"error": {"kind": "import", "message": {"a": []}}},
        {"error": None, "checks": [], "outcome": "passed"},
    ],
)
def test_anything_else_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        read(record)
