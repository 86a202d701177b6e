"""An application in this process, and one at the other end of a stream that is not believed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fieldguide.worker.drivers.describe import LONG_TEXT, MESSAGE, describe
from fieldguide.worker.drivers.driver import Answer, GoneError, Local, Remote, in_threads
from fieldguide.worker.http import frames
from fieldguide.worker.http.messages import Headers, ProtocolError, Request, Response

GET = Request("GET", "/", Headers())


class Raising:
    """A driver whose application raises."""

    closed = False

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __call__(self, request: Request) -> Response:
        raise self.error

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        raise self.error

    def wait(self, seconds: float) -> None:
        raise self.error

    def close(self) -> None:
        self.closed = True


def local_words(error: BaseException) -> str:
    return f"expected an answer, got {describe(error)}"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ProtocolError("it breaks HTTP"), "it breaks HTTP"),
        (SystemExit(3), "expected an answer, got SystemExit: 3"),
        (KeyError("x"), "expected an answer, got KeyError: 'x'"),
    ],
)
def test_whatever_is_raised_is_no_answer(tmp_path: Path, error: BaseException, words: str) -> None:
    local = Local(driver := Raising(error), tmp_path)
    with pytest.raises(ProtocolError) as caught:
        local(GET)
    assert str(caught.value) == words
    (answer,), place = local.traced(GET)
    assert (str(answer), place) == (words, {})
    local.wait(0)
    assert [str(one) for one in local.together([GET, GET])] == [local_words(error)] * 2
    local.close()
    assert driver.closed


class Other:
    """The other end of a stream, which sends what a test says."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair()
        self.waits = memoryview(bytearray(1))

    def remote(self, hello: dict[str, Any]) -> Remote:
        frames.send(self.far.fileno(), hello)
        return Remote(self.near.fileno(), self.waits)


@pytest.fixture
def other() -> Iterator[Other]:
    end = Other()
    yield end
    end.near.close()
    end.far.close()


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (
            {"kind": "no app", "message": "m", "line": 1},
            {"kind": "no app", "message": "m", "line": 1},
        ),
        ({"kind": "contract", "message": "m"}, {"kind": "startup", "message": "m"}),
        (
            {"kind": "gone", "ended": True},
            {"kind": "startup", "message": "it tells nothing that can be understood"},
        ),
        ("nonsense", {"kind": "startup", "message": "it tells nothing that can be understood"}),
        (
            {"kind": "exit", "message": 3, "line": True},
            {"kind": "exit", "message": "it tells nothing that can be understood"},
        ),
        (
            {"kind": "raised", "message": "x" * 2000, "traceback": "y" * 20_000},
            {"kind": "raised", "message": "x" * MESSAGE, "traceback": "y" * LONG_TEXT},
        ),
    ],
)
def test_a_refusal_is_believed_only_as_far_as_it_harms_nobody(
    other: Other, error: object, refusal: dict[str, Any]
) -> None:
    assert other.remote({"error": error}).error == refusal


def test_an_application_that_can_be_judged_has_no_error(other: Other) -> None:
    assert other.remote({"error": None}).error is None


def test_an_answer_before_the_question_is_refused(other: Other) -> None:
    remote = other.remote({"error": None})
    frames.send(other.far.fileno(), {"id": "guessed", "response": [200, "OK", [], ""]})
    with pytest.raises(GoneError, match="it sent a response before it was asked"):
        remote(GET)


def test_an_end_without_a_word_is_told_apart(other: Other) -> None:
    remote = other.remote({"error": None})
    other.far.shutdown(socket.SHUT_WR)
    with pytest.raises(GoneError, match="its process ended") as caught:
        remote(GET)
    assert caught.value.ended
    assert other.waits[0] == 0


def test_nonsense_on_the_stream(other: Other) -> None:
    remote = other.remote({"error": None})
    other.far.sendall(b"\0\0\0\2[]")
    with pytest.raises(
        GoneError, match="it sent anything but a response: a frame that is no object"
    ) as caught:
        remote(GET)
    assert not caught.value.ended


@pytest.mark.parametrize(
    "response", [None, [200], [200, "OK", [], 3], [200, "OK", [["a"]], ""], [200, "", [], "€"], 7]
)
def test_a_response_that_is_none(other: Other, response: object) -> None:
    remote = other.remote({"error": None})
    with pytest.raises(GoneError, match="it sent anything but a response"):
        remote._answer(GET, {"response": response})


OK_FIELDS = [["Content-Type", "text/plain"]]


@pytest.mark.parametrize(
    ("response", "words"),
    [
        ([200.9, "OK", [], ""], "expected a status from 100 to 599, got 200.9"),
        (["\u0662\u0660\u0660", "OK", [], ""], "expected a status from 100 to 599, got '٢٠٠'"),
        (["200", "OK", [], ""], "expected a status from 100 to 599, got '200'"),
        ([True, "OK", [], ""], "expected a status from 100 to 599, got True"),
        ([None, "OK", [], ""], "expected a status from 100 to 599, got None"),
        ([float("nan"), "OK", [], ""], "expected a status from 100 to 599, got nan"),
        ([10**400, "OK", [], ""], "expected a status from 100 to 599, got 1000"),
        ([999, "OK", [], ""], "expected a status from 100 to 599, got 999"),
        ([200, "OK\r\nSet-Cookie: a=b", [], ""], "the reason phrase is not one line of Latin-1"),
        ([200, "\ud800", [], ""], "the reason phrase is not one line of Latin-1"),
        ([200, 7, [], ""], "expected texts as reason and headers"),
        ([200, "OK", [["X", 7]], ""], "expected texts as reason and headers"),
        ([200, "OK", [["X\r\nY", "z"]], ""], "expected a header's name as in RFC 9110"),
        ([200, "OK", [["\ud800", "z"]], ""], "expected a header's name as in RFC 9110"),
        ([200, "OK", [["X", "y\r\nSet-Cookie: a=b"]], ""], "the header X has a line break"),
        ([200, "OK", [["X", "\udc80"]], ""], "the header X is not Latin-1"),
        ([200, "OK", [["Connection", "close"]], ""], "is the server's to set"),
        ([200, "OK", [["Content-Length", "3"]], ""], "Content-Length says 3 bytes"),
        ([200, "OK", [["Content-Length", "\u00b2"]], ""], "expected one Content-Length"),
        ([200, "OK", [["Content-Length", "9" * 5000]], ""], "Content-Length says 999"),
        ([200, "OK", [["X", "y" * 20_000_000]], ""], "expected at most 200 headers of 65536 bytes"),
        ([200, "OK", [["X", "y"]] * 201, ""], "expected at most 200 headers"),
        ([200, "x" * 20_000_000, [], ""], "expected at most 200 headers of 65536 bytes"),
    ],
    ids=lambda value: "" if isinstance(value, list) else value[:40],
)
def test_a_judge_holds_an_answer_to_the_rules_of_http(
    other: Other, response: list[Any], words: str
) -> None:
    """The application's process could leave them out; so it is not asked whether it has them."""
    remote = other.remote({"error": None})
    answer = remote._answer(GET, {"response": response})
    assert isinstance(answer, ProtocolError)
    assert str(answer).startswith(words) or words in str(answer)
    assert len(str(answer)) < 1000


def test_a_judge_leaves_out_the_body_that_there_cannot_be(other: Other) -> None:
    remote = other.remote({"error": None})
    head = Request("HEAD", "/", Headers())
    answer = remote._answer(head, {"response": [200, "OK", OK_FIELDS, "body"]})
    assert isinstance(answer, Response)
    assert answer.body == b""


@pytest.mark.parametrize("line", [0, -1, 10**400, 1_000_001])
def test_a_line_that_no_file_has_is_left_out(other: Other, line: int) -> None:
    refusal = {"kind": "raised", "message": "m", "line": line}
    assert other.remote({"error": refusal}).error == {"kind": "raised", "message": "m"}


def test_an_end_that_raises_takes_nothing_away(tmp_path: Path) -> None:
    class Ending(Raising):
        def close(self) -> None:
            raise SystemExit(3)

    Local(Ending(KeyError("x")), tmp_path).close()


@pytest.mark.parametrize("answers", [None, [], [{}, {}, {}], {"0": 1, "1": 2}, 7])
def test_another_number_of_answers_than_of_requests_is_nonsense(
    other: Other, answers: object
) -> None:
    remote = other.remote({"error": None})
    with pytest.raises(GoneError, match=r"it sent anything but a response: .* to each of 2"):
        remote._answers([GET, GET], {"answers": answers})


def test_threads_answer_at_once_and_in_order() -> None:
    meeting = threading.Barrier(3)

    def driver(request: Request) -> Response:
        meeting.wait(5)
        if request.target == "/2":
            raise KeyError("x")
        return Response(200, request.target, Headers(), b"")

    requests = [Request("GET", f"/{number}", Headers()) for number in range(3)]
    answers = in_threads(driver, requests)
    assert [getattr(answer, "reason", str(answer)) for answer in answers] == [
        "/0",
        "/1",
        "expected an answer, got KeyError: 'x'",
    ]
