"""An application behind a real server answers as it does in process."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from miniature import by_id, miniature, seen

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome, Result
from fieldguide.worker.drivers.sockets import SocketDriver
from fieldguide.worker.http.messages import Headers, ProtocolError, Request

CASES = Path(__file__).parents[1] / "cases" / "drivers"

SERVED = {
    "flask": "wsgi.py",  # under gunicorn
    "bottle": "wsgi.py",  # under waitress
    "falcon": "asgi.py",  # under uvicorn
    "tornado": "tornado_app.py",
}

FAILING = ("test_exception_in_the_body", "test_length_too_long", "test_wide_field")
"""What is no whole answer; then a driver may refuse what a server cuts or answers with 500."""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Result, Result]]:
    """Each application's result in process and under its server, by framework."""
    files = {"same/contract.py": (CASES / "contract.py").read_bytes()}
    files |= {f"same/{name}/app.py": (CASES / file).read_bytes() for name, file in SERVED.items()}
    root = miniature(tmp_path_factory.mktemp("drivers"), SERVED, files, preload=False)
    here, there = by_id(verify(root)), by_id(verify(root, ["same"], VerifyOptions(server=True)))
    return {name: (here[f"same/{name}"], there[f"same/{name}"]) for name in SERVED}


@pytest.mark.parametrize("name", SERVED)
def test_a_driver_answers_as_the_server_does(
    name: str, compared: dict[str, tuple[Result, Result]]
) -> None:
    here, there = compared[name]
    assert here.failure is None, here.failure
    assert there.failure is None, there.failure
    for check, other in zip(here.checks, there.checks, strict=True):
        message = check.failure.message if check.failure else ""
        assert check.outcome is other.outcome, (check.check.name, message, other.failure)
        if check.outcome is not Outcome.PASSED:
            assert check.check.name in FAILING, message
            continue
        assert len(check.exchanges) == len(other.exchanges), check.check.name
        for mine, real in zip(check.exchanges, other.exchanges, strict=True):
            assert mine.request == real.request
            assert seen(mine) == seen(real, mine), mine.request.start


@pytest.mark.parametrize(
    ("name", "check", "outcome"),
    [
        ("flask", "test_exception_in_the_body", Outcome.FAILED),
        ("flask", "test_length_too_long", Outcome.FAILED),
        ("bottle", "test_exception_in_the_body", Outcome.FAILED),
        ("falcon", "test_exception_in_the_body", Outcome.FAILED),
        ("falcon", "test_exception_after_the_body", Outcome.PASSED),
        ("falcon", "test_length_too_long", Outcome.FAILED),
        ("tornado", "test_length_too_long", Outcome.FAILED),
        ("flask", "test_wide_field", Outcome.FAILED),
        ("bottle", "test_wide_field", Outcome.FAILED),
    ],
)
def test_how_both_end(
    name: str, check: str, outcome: Outcome, compared: dict[str, tuple[Result, Result]]
) -> None:
    for result in compared[name]:
        assert {check.check.name: check.outcome for check in result.checks}[check] is outcome


def driver_of(listening: socket.socket) -> SocketDriver:
    """A driver without a server of its own, which asks that socket."""
    driver = object.__new__(SocketDriver)
    driver._port = listening.getsockname()[1]
    return driver


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (b"Content-Length: 99999999999999999999\r\n\r\nok", "OverflowError"),
        (b"Transfer-Encoding: chunked\r\n\r\n-3\r\nok\r\n", "ValueError"),
        (b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nok\r\n", "OverflowError"),
    ],
    ids=["a length", "a chunk below nought", "a chunk"],
)
def test_an_answer_of_a_length_that_cannot_be_is_none(rest: bytes, words: str) -> None:
    """It is the server's failure, and none of the check."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"HTTP/1.1 200 OK\r\n" + rest)

        server = threading.Thread(target=answer)
        server.start()
        with pytest.raises(ProtocolError, match=f"expected an answer from the server, .*{words}"):
            driver_of(listening)(Request("GET", "/", Headers([("Host", "testserver")])))
        server.join()


def test_an_answer_that_comes_before_the_whole_body_was_read_counts() -> None:
    """The server refuses and closes while the client still sends."""
    body = b"x" * 20_000_000
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")

        server = threading.Thread(target=refuse)
        server.start()
        driver = driver_of(listening)
        headers = Headers([("Host", "testserver"), ("Content-Length", str(len(body)))])
        response = driver(Request("POST", "/", headers, body))
        server.join()
    assert (response.status, response.body) == (413, b"")
