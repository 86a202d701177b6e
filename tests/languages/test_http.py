"""``http`` fences: requests and documented responses, and what the app answers."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from bounded import processor
from fence_cases import cases, hold, readable
from http_replies import JSON, http_reply
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.http import HTTP, HttpReply
from fieldguide.model import Exchange, Message, Options
from fieldguide.worker.http.messages import Headers, Response


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
    reply = http_reply(*data.draw(st.lists(RESPONSES, min_size=number, max_size=number)))
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
    places: list[int] = []
    for headers, body in answers:
        lines += ["GET / HTTP/1.1", "", "HTTP/1.1 200 OK"]
        lines += [f"X-{number}: {value}" for number, value in enumerate(headers)]
        places += range(len(lines) - len(headers) - 1, len(lines))
        lines += ["", *body] if body else []
        places += range(len(lines) - len(body), len(lines))
        lines.append("")
    reply = http_reply(
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
    mismatches = HTTP.compare(HTTP.parse("\n".join(lines)), reply, Options())
    assert [mismatch.line for mismatch in mismatches] == [number]


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


def test_thousands_of_headers_are_compared_and_blessed() -> None:
    many = 3_000
    shown = "".join(f"X-A: {number}\n" for number in range(many))
    parsed = HTTP.parse(f"GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n{shown}")
    headers = tuple(("x-a", str(number + 1)) for number in range(2 * many))
    answer = Message("HTTP/1.1 200 OK", headers, "")
    reply = HttpReply((Exchange(Message("GET / HTTP/1.1", (), ""), answer),), None)
    with processor():
        [mismatch] = HTTP.compare(parsed, reply, Options())
        assert mismatch.line == 3
        again = HTTP.parse(HTTP.bless(parsed, reply))
        assert HTTP.compare(again, reply, Options()) == []


def test_a_body_of_blank_lines_is_looked_at_once() -> None:
    parsed = HTTP.parse("GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\na\n")
    body = "\n" * 500_000 + "a"
    answer = Message("HTTP/1.1 200 OK", (), body, size=len(body))
    reply = HttpReply((Exchange(Message("GET / HTTP/1.1", (), ""), answer),), None)
    with processor():
        assert HTTP.compare(parsed, reply, Options()) == []
