"""What the built site carries as ``verification.json``."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from samples import check, deviating, exchange, result
from samples import report as made

import fieldguide
from fieldguide.commands.reports.verification_json import verification
from fieldguide.model import Outcome


def test_verification_has_the_published_schema() -> None:
    verified = made(result(check(), deviating()))
    data = json.loads(json.dumps(verification(verified)))
    assert list(data) == [
        *("schema", "generated", "engine", "python", "platform", "layers"),
        *("environments", "results", "fences", "not possible", "totals"),
    ]
    assert data["schema"] == 1
    assert datetime.fromisoformat(data["generated"]).tzinfo is not None
    assert data["engine"] == fieldguide.__version__
    assert data["layers"] == ["a process of its own"]
    assert data["environments"] == {
        "flask": {"python": "3.13.0", "distributions": {"flask": "3.1.3"}}
    }
    (one,) = data["results"]
    assert list(one) == [
        *("id", "kind", "concept", "framework", "cell", "path", "line", "outcome", "reason"),
        *("deviations", "cached", "seconds", "checks"),
    ]
    assert {name: one[name] for name in list(one)[:12]} == {
        "id": "routing/flask",
        "kind": "snippet",
        "concept": "routing",
        "framework": "flask",
        "cell": {"kind": "", "why": "", "instead": ""},
        "path": "snippets/routing/flask/app.py",
        "line": 1,
        "outcome": "passed",
        "reason": "test_head deviates: it has no HEAD",
        "deviations": {"test_head": "it has no HEAD"},
        "cached": False,
        "seconds": 0.25,
    }
    first, second = one["checks"]
    assert list(first) == ["name", "claim", "outcome", "exchanges"]
    assert second["outcome"] == "failed"
    assert first["exchanges"] == [
        {
            "request": {
                "start": "GET /items/7 HTTP/1.1",
                "headers": [["Host", "localhost"]],
                "body": "",
                "binary": False,
                "size": 0,
            },
            "response": {
                "start": "HTTP/1.1 200 OK",
                "headers": [["Content-Type", "application/json"]],
                "body": '{"id":  7}',
                "binary": False,
                "size": 10,
            },
        }
    ]
    assert data["totals"] == {
        "snippets": 1,
        "passed": 1,
        "failed": 0,
        "errored": 0,
        "timed out": 0,
        "skipped": 0,
        "concepts": 1,
        "frameworks": 1,
        "checks": 2,
        "failed checks": 0,
        "deviations": 1,
        "fences": {
            "fences": 0,
            "passed": 0,
            "failed": 0,
            "errored": 0,
            "timed out": 0,
            "skipped": 0,
        },
        "probed": {
            "frameworks": 0,
            "passed": 0,
            "failed": 0,
            "errored": 0,
            "timed out": 0,
            "skipped": 0,
        },
        "cached": 0,
        "seconds": 0.314,
    }


def test_a_reproducible_build_has_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert verification(made())["generated"] == "1970-01-01T00:00:00+00:00"


def test_a_check_that_was_left_out_says_why_and_an_exchange_whose_it_is() -> None:
    noted = replace(exchange(), note="visitor 2, from 127.0.0.2")
    out = replace(check(outcome=Outcome.SKIPPED, exchanges=(noted,)), left_out="no TLS here")
    (one,) = verification(made(result(check(), out)))["results"]
    first, second = one["checks"]
    assert "left_out" not in first
    assert (second["outcome"], second["left_out"]) == ("skipped", "no TLS here")
    assert second["exchanges"][0]["note"] == "visitor 2, from 127.0.0.2"
    assert one["deviations"] == {}
