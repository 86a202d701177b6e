"""The bodies of responses: JSON by value, everything else as text."""

from __future__ import annotations

import pytest
from http_replies import http_reply

from fieldguide.languages.http import HTTP
from fieldguide.model import Options
from fieldguide.worker.http.messages import Headers, Response


def _json(body: str) -> Response:
    return Response(200, "OK", Headers([("Content-Type", "application/json")]), body.encode())


def _messages(documented: str, body: str) -> list[tuple[int, str]]:
    parsed = HTTP.parse(f"GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n{documented}")
    mismatches = HTTP.compare(parsed, http_reply(_json(body)), Options())
    return [(mismatch.line - 4, mismatch.message) for mismatch in mismatches]


EQUAL = [
    ("1", "1.0"),
    ("[1e2, -0]", "[100, 0.0]"),
    ('{"a": 1, "b": 2}', '{"b":2,"a":1}'),
    ('"..."', "[1, 2]"),
    ('{"a": "..."}', '{"a": null}'),
    ('"at 0x..."', '"at 0x7f3a5c0e1d30"'),
    ('"2026-11-24"', '"2027-01-02"'),
    ('"\\u00e9"', '"\u00e9"'),
    ("NaN", "NaN"),
    ("...", "{"),
]


@pytest.mark.parametrize(("documented", "body"), EQUAL)
def test_json_that_is_equal_by_value(documented: str, body: str) -> None:
    assert _messages(documented, body) == []


UNEQUAL = [
    ("1", "true", 0, "expected 1, got true"),
    ("0", "false", 0, "expected 0, got false"),
    ("null", "0", 0, "expected null, got 0"),
    ('"1"', "1", 0, 'expected "1", got 1'),
    ("[1,\n2,\n[3,\n4]]", "[1,2,[3,5]]", 3, "[2][1]: expected 4, got 5"),
    ('{"a": "a",\n"b": {"a":\n1}}', '{"a":"a","b":{"a":2}}', 1, "b.a: expected 1, got 2"),
    ('[{"a": "}"},\n{"a": ","}]', '[{"a":"}"},{"a":"x"}]', 1, '[1].a: expected ",", got "x"'),
    ("[]", "{}", 0, "expected [], got {}"),
    ("[1]", "[1, 2]", 0, "expected 1 item, got 2"),
    ('{"x": [\n1]}', '{"x":[]}', 0, "x: expected 1 item, got 0"),
    ('{\n"": 1}', '{"":2}', 1, '[""]: expected 1, got 2'),
    ('{"a": 1}', '{"a": 1', 0, 'expected "{"a": 1}", got "{"a": 1"'),
]


@pytest.mark.parametrize(("documented", "body", "line", "message"), UNEQUAL)
def test_json_that_differs(documented: str, body: str, line: int, message: str) -> None:
    assert _messages(documented, body) == [(line, message)]


def test_json_that_is_nested_without_end_is_text() -> None:
    deep = "[" * 5000 + "]" * 5000
    assert _messages(deep, deep) == []
    assert len(_messages(deep, "[]")) == 1
