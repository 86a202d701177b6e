"""Frames on a stream: what comes out is what went in, and nothing else is a frame."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from fieldguide.worker.http import frames
from fieldguide.worker.http.messages import Headers, Request, Response


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Both ends of a stream."""
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:  # the test has closed it
            continue


def test_frames_come_one_by_one_and_then_the_end(pipe: tuple[int, int]) -> None:
    out, into = pipe
    for message in ({"a": ["ë", 1]}, {}):
        frames.send(into, message)
    os.close(into)
    assert [frames.receive(out) for _ in range(3)] == [{"a": ["ë", 1]}, {}, None]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\0\0", "half a frame"),
        (b"\0\0\0\4{", "half a frame"),
        (b"\0\0\0\2[]", "a frame that is no object"),
        (b"\xff\xff\xff\xff", "a frame of 4294967295 bytes"),
        (b"\0\0\x80\0" + b"[" * 32768, "a frame that is nested too deeply"),
        (b"\0\0\0\2{]", "Expecting property name"),
    ],
)
def test_anything_else_is_refused(pipe: tuple[int, int], content: bytes, words: str) -> None:
    out, into = pipe
    os.write(into, content)
    os.close(into)
    with pytest.raises(ValueError, match=words):
        frames.receive(out)


def test_a_frame_that_nobody_would_read_is_not_sent(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "LONGEST", 10)
    with pytest.raises(ValueError, match="more than the 10 that can be passed on"):
        frames.send(pipe[1], {"a": "x" * 10})
    with pytest.raises(ValueError, match="11 bytes"):
        frames.response(Response(200, "OK", Headers(), b"x" * 11))


def test_a_request_keeps_every_byte() -> None:
    request = Request("POST", "/a?b", Headers([("X", "ë"), ("X", "2")]), bytes(range(256)))
    again = frames.to_request(frames.request(request))
    assert again.headers.fields == request.headers.fields
    assert again._replace(headers=request.headers) == request


def test_a_response_keeps_every_byte() -> None:
    response = Response(404, "Not Found", Headers([("X", "1")]), b"\xff\0")
    assert frames.response(response) == [404, "Not Found", [("X", "1")], "\xff\0"]
