"""``http`` fences: requests and documented responses, and what the app answers."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from fence_cases import cases, hold, readable
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.comparing import json_difference
from fieldguide.languages.http import HTTP, HttpReply
from fieldguide.model import Options
from fieldguide.worker.http.messages import Headers, Request, Response, exchange


@pytest.mark.parametrize("case", cases("wire"))
def test_a_fence(case: Path, request: pytest.FixtureRequest) -> None:
    hold(HTTP, case, request.config.getoption("--accept"))


SOURCE = """\
POST /items?page=1 HTTP/1.1
Content-Type: application/x-www-form-urlencoded
X-Empty:

name=caf\u00e9
&b=2

HTTP/1.1 303 See Other
Location: /items/7


GET /items/7 HTTP/1.1

HTTP/1.1 200 OK

hello

bye
"""


def test_requests_are_sent_as_they_are_written() -> None:
    assert HTTP.step(HTTP.parse(SOURCE), Options()) == {
        "exchanges": [
            {
                "method": "POST",
                "target": "/items?page=1",
                "headers": [["Content-Type", "application/x-www-form-urlencoded"], ["X-Empty", ""]],
                "body": base64.b64encode("name=caf\u00e9\n&b=2".encode()).decode(),
            },
            {"method": "GET", "target": "/items/7", "headers": [], "body": ""},
        ],
        "snippet": False,
    }


def test_request_and_response_stand_apart_with_their_lines() -> None:
    lines = SOURCE.split("\n")
    parts = [(exchange.request, exchange.response) for exchange in HTTP.parse(SOURCE).exchanges]
    assert [[(part.line, part.end) for part in pair] for pair in parts] == [
        [(0, 6), (7, 9)],
        [(11, 12), (13, 18)],
    ]
    for part in (part for pair in parts for part in pair):
        assert part.text == "\n".join(lines[part.line : part.end])
    assert parts[1][1].body == ("hello", "", "bye")


def _reply(*responses: Response) -> HttpReply:
    """The record that a worker would write."""
    request = Request("GET", "/", Headers())
    record = {"exchanges": [exchange(request, one) for one in responses], "broken": None}
    return HTTP.read(json.loads(json.dumps(record)))


def _json(body: str) -> Response:
    return Response(200, "OK", Headers([("Content-Type", "application/json")]), body.encode())


def _said(documented: str, body: str) -> list[tuple[int, str]]:
    parsed = HTTP.parse(f"GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\n{documented}")
    found = HTTP.compare(parsed, _reply(_json(body)), Options())
    return [(one.line - 4, one.message) for one in found]


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
    assert _said(documented, body) == []


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
    assert _said(documented, body) == [(line, message)]


def test_json_that_is_nested_without_end_is_text() -> None:
    deep = "[" * 5000 + "]" * 5000
    assert _said(deep, deep) == []
    assert len(_said(deep, "[]")) == 1


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=4)
    | st.just("..."),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(JSON, JSON)
def test_a_merged_value_holds(expected: Any, actual: Any) -> None:
    assert json_difference.difference(json_difference.merged(expected, actual), actual) is None
    assert json_difference.difference(actual, actual) is None


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if not isinstance(value, dict | list):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(place for key, one in items for place in _places(one, (*path, key)))]


@settings(deadline=None)
@given(JSON, st.data())
def test_every_value_is_found_at_its_line(value: Any, data: st.DataObject) -> None:
    """In an indented document each value stands on a line of its own, in the order of a walk."""
    text = json.dumps(value, indent=2)
    path = data.draw(st.sampled_from(_places(value)))
    closing = [
        i for i, line in enumerate(text.split("\n")) if line.strip() in ("]", "],", "}", "},")
    ]
    opening = [i for i in range(text.count("\n") + 1) if i not in closing]
    assert json_difference.line_of(text, path) == opening[_places(value).index(path)]


BODIES = st.lists(
    st.sampled_from(["a", "", "...", "GET / HTTP/1.1", "HTTP/1.1 200 OK", "<p>...</p>", "0.31s"])
    | st.text(max_size=5),
    max_size=5,
).map("\n".join)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["Content-Type", "content-type", "X-A", "Set-Cookie"]),
        st.sampled_from(["application/json", "text/plain", "a=...", "a=1", "b=2", "", "a\x1b"]),
    ),
    max_size=4,
)
RESPONSES = st.builds(
    lambda status, reason, headers, body: Response(status, reason, Headers(headers), body),
    st.sampled_from([200, 204, 404]),
    st.sampled_from(["OK", "Not Found", ""]),
    HEADERS,
    BODIES.map(lambda body: body.encode("utf-8", "surrogatepass"))
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=6)
    | st.just(b"x\n" * 20_000),
)
DOCUMENTED = st.lists(
    st.tuples(
        st.sampled_from(["GET /a HTTP/1.1\n\n", "POST /b HTTP/1.1\nX: y\n\nbody\n\n"]),
        st.sampled_from(["HTTP/1.1 200 OK\n", "HTTP/1.1 404\n", "HTTP/1.0 204 No\n"]),
        HEADERS.map(lambda fields: "".join(f"{name}: {value}\n" for name, value in fields)),
        st.sampled_from(["", "\na\n\nb\n", "\n...\n", "\na\n...\n"])
        | JSON.map(lambda value: f"\n{json.dumps(value)}\n")
        | JSON.map(lambda value: f"\n{json.dumps(value, indent=4)}\n"),
    ).map("".join),
    min_size=1,
    max_size=3,
).map("\n".join)


@settings(deadline=None)
@given(DOCUMENTED, st.data())
def test_what_is_blessed_holds_and_what_holds_is_not_changed(
    source: str, data: st.DataObject
) -> None:
    parsed = HTTP.parse(source)
    number = len(parsed.exchanges)
    reply = _reply(*data.draw(st.lists(RESPONSES, min_size=number, max_size=number)))
    blessed = HTTP.bless(parsed, reply)
    again = HTTP.parse(blessed)
    assert HTTP.step(again, Options()) == HTTP.step(parsed, Options())
    assert HTTP.compare(again, reply, Options()) == []
    assert HTTP.bless(again, reply) == blessed
    if HTTP.compare(parsed, reply, Options()) == []:
        assert blessed == source


WORD = st.text("abc", min_size=1, max_size=5)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.lists(WORD, max_size=3), st.lists(WORD, max_size=3)), min_size=1),
    st.data(),
)
def test_one_character_is_a_mismatch_at_its_line(
    answers: list[tuple[list[str], list[str]]], data: st.DataObject
) -> None:
    lines: list[str] = []
    places = []
    for headers, body in answers:
        lines += ["GET / HTTP/1.1", "", "HTTP/1.1 200 OK"]
        lines += [f"X-{number}: {value}" for number, value in enumerate(headers)]
        places += range(len(lines) - len(headers) - 1, len(lines))
        lines += ["", *body] if body else []
        places += range(len(lines) - len(body), len(lines))
        lines.append("")
    reply = _reply(
        *(
            Response(
                200,
                "OK",
                Headers([(f"x-{i}", value) for i, value in enumerate(headers)]),
                "\n".join(body).encode(),
            )
            for headers, body in answers
        )
    )
    assert HTTP.compare(HTTP.parse("\n".join(lines)), reply, Options()) == []
    number = data.draw(st.sampled_from(places))
    lines[number] = lines[number][:-1] + "Z"
    found = HTTP.compare(HTTP.parse("\n".join(lines)), reply, Options())
    assert [one.line for one in found] == [number]


PARTS = st.sampled_from(
    [
        "GET / HTTP/1.1",
        "HTTP/1.1 200 OK",
        "HTTP/2 200",
        "PUT x HTTP/1.1",
        "A: b",
        "Content-Length: 1",
        "",
        "a",
        "GET /  HTTP/1.0 ",
        "HTTP/1.1 200",
    ]
)


@settings(deadline=None)
@given(st.lists(PARTS | st.text(max_size=6), max_size=8).map("\n".join))
def test_any_text_is_read_or_refused_at_one_of_its_lines(source: str) -> None:
    if readable(HTTP, source):
        assert HTTP.step(HTTP.parse(source), Options())["exchanges"]
