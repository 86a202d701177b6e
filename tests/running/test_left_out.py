"""What a worker may say of a check that it left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sample_jobs import snippet_job

from fieldguide.model import JobRecord
from fieldguide.running.messages import read

CHECK: dict[str, Any] = {"name": "test_it", "exchanges": []}


@pytest.mark.parametrize(
    ("server", "parts", "whole"),
    [
        ("gunicorn", {"outcome": "skipped", "left_out": "no TLS"}, True),
        ("gunicorn", {"outcome": "skipped"}, False),
        ("gunicorn", {"outcome": "failed", "left_out": "no TLS"}, False),
        (None, {"outcome": "skipped", "left_out": "no TLS"}, False),
    ],
)
def test_a_check_is_left_out_under_a_server_alone(
    server: str | None, parts: dict[str, Any], whole: bool
) -> None:
    value = {"error": None, "checks": [{**CHECK, **parts}]}
    record = read(snippet_job(server), json.dumps(value).encode())
    assert isinstance(record, JobRecord) is whole
