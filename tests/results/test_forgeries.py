"""Who can write the folder of passes: what is a forgery of one and still a miss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from passes import (
    DEVIATION,
    ENTRY,
    SNIPPET,
    A,
    B,
    body_of,
    job,
    passed,
    plant,
)

from fieldguide.base.json_records import to_json
from fieldguide.model import Failure, Result
from fieldguide.results.cache import Cache

FORGERIES: dict[str, Callable[[Result], dict[str, Any]]] = {
    "an outcome that is no pass": lambda r: {"outcome": "failed"},
    "no outcome": lambda r: {"outcome": None},
    "no checks": lambda r: {"checks": []},
    "a check too few": lambda r: {"checks": to_json(r)["checks"][:1]},
    "a check twice": lambda r: {"checks": to_json(r)["checks"][:1] * 2},
    "a check too many": lambda r: {"checks": to_json(r)["checks"] * 2},
    "checks in another order": lambda r: {"checks": to_json(r)["checks"][::-1]},
    "a check that failed": lambda r: {
        "checks": [{**to_json(r)["checks"][0], "outcome": "failed"}, to_json(r)["checks"][1]]
    },
    "a deviation that nobody declared": lambda r: {
        "checks": [
            {**to_json(r)["checks"][0], "outcome": "failed", "deviation": "it cannot"},
            to_json(r)["checks"][1],
        ]
    },
    "another claim": lambda r: {
        "checks": [
            {**one, "check": {**one["check"], "claim": "It is safe."}}
            for one in to_json(r)["checks"]
        ]
    },
    "a failure": lambda r: {"failure": to_json(Failure(ENTRY, "no"))},
    "another snippet": lambda r: {"id": "routing/bottle"},
    "another framework": lambda r: {"framework": "bottle"},
    "another concept": lambda r: {"concept": "templates"},
    "another server": lambda r: {"server": "gunicorn"},
    "another key inside": lambda r: {"key": B.key},
    "other source": lambda r: {"source": "0" * 32},
    "no source": lambda r: {"source": ""},
    "other inputs": lambda r: {"inputs": {**r.inputs, "lock": "other"}},
    "no inputs": lambda r: {"inputs": {}},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_no_passing_run_leaves_is_a_miss(tmp_path: Path, forgery: str) -> None:
    body = body_of(passed(A), **FORGERIES[forgery](passed(A)))
    if b'"key": "%s"' % A.key.encode() not in body:  # put it under the right key all the same
        body = b'{"key": "%s", ' % A.key.encode() + body[1:]
    plant(tmp_path, body)
    assert Cache(tmp_path).get(A) is None


def test_a_forgery_does_not_hide_a_pass(tmp_path: Path) -> None:
    plant(tmp_path, body_of(passed(A)), name="1.jsonl")
    plant(tmp_path, body_of(passed(A), checks=[]), name="2.jsonl")
    assert Cache(tmp_path).get(A) == passed(A)


def test_a_pass_of_one_job_is_none_of_another(tmp_path: Path) -> None:
    body = body_of(passed(A)).replace(A.key.encode(), B.key.encode())
    plant(tmp_path, body)
    assert Cache(tmp_path).get(B) is None


def test_a_deviation_that_is_no_longer_declared_is_a_miss(tmp_path: Path) -> None:
    declared = job(replace(SNIPPET, deviations=(DEVIATION,)))
    plant(tmp_path, body_of(passed(declared), key=job().key, inputs=dict(job().inputs)))
    assert Cache(tmp_path).get(job()) is None
