"""The checks of a contract, run against a driver: a record a check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fieldguide.worker.contract.checks import load_contract, run_checks
from fieldguide.worker.drivers.driver import Answer, GoneError, LeftOutError
from fieldguide.worker.drivers.tracing import Place
from fieldguide.worker.http.messages import Headers, Request, Response

CONTRACT = """\
def test_holds(client):
    assert client.get("/").status == 200

def test_fails(client):
    client.get("/a")
    assert client.get("/b").status == 404

def test_raises(client):
    raise SystemExit(3)

def test_yields(client):
    yield client
"""


class Fixed:
    """Answers 200, and counts how often it was watched."""

    def __init__(self) -> None:
        self.watched = 0

    def __call__(self, request: Request) -> Response:
        return Response(200, "OK", Headers(), b"")

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        return [self(request) for request in requests]

    def wait(self, seconds: float) -> None:
        """Nothing goes on here."""

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        self.watched += 1
        return self.together(requests), {"file": "app.py", "line": self.watched}

    def close(self) -> None:
        """Nothing to end."""


def run(*names: str, declared: tuple[str, ...] = ()) -> tuple[list[dict[str, Any]], Fixed]:
    driver = Fixed()
    return run_checks(load_contract(CONTRACT), names, driver, declared), driver


def test_a_check_that_holds() -> None:
    (record,), driver = run("test_holds")
    assert (record["name"], record["outcome"], record["failure"]) == ("test_holds", "passed", None)
    assert [exchange["request"]["start"] for exchange in record["exchanges"]] == ["GET / HTTP/1.1"]
    assert driver.watched == 0


def test_a_check_that_fails_is_run_again_and_watched() -> None:
    (record,), driver = run("test_fails")
    assert record["outcome"] == "failed"
    assert record["failure"] == {
        "file": "app.py",
        "line": 2,
        "message": "client.get('/b').status: expected 404, got 200",
        "expected": "404",
        "actual": "200",
        "contract_line": 6,
        "traceback": "",
    }
    assert driver.watched == 2
    assert len(record["exchanges"]) == 2


def test_a_declared_deviation_needs_no_search() -> None:
    (record,), driver = run("test_fails", declared=("test_fails",))
    assert record["failure"]["file"] is None
    assert driver.watched == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("test_raises", "SystemExit: 3"),
        ("test_yields", "TypeError: a check returns nothing"),
    ],
)
def test_a_check_that_does_anything_else_is_an_error(name: str, message: str) -> None:
    (record,), _ = run(name)
    assert record["outcome"] == "errored"
    assert record["failure"]["message"] == message


def test_an_application_that_is_gone_ends_all() -> None:
    class Gone(Fixed):
        def __call__(self, request: Request) -> Response:
            raise GoneError("its process ended")

    with pytest.raises(GoneError):
        run_checks(load_contract(CONTRACT), ["test_holds"], Gone(), ())


def test_a_check_that_asks_for_what_cannot_be_had_is_left_out() -> None:
    class Plain(Fixed):
        def __call__(self, request: Request) -> Response:
            if request.scheme == "https":
                raise LeftOutError("nobody comes over https")
            return super().__call__(request)

    contract = """\
def test_secure(client):
    client.get("/")
    client.another(scheme="https").get("/")

def test_plain(client):
    assert client.get("/").status == 200
"""
    names = ["test_secure", "test_plain"]
    left, held = run_checks(load_contract(contract), names, Plain(), ())
    assert (left["outcome"], left["failure"]) == ("skipped", None)
    assert left["left_out"] == "nobody comes over https"
    assert held["outcome"] == "passed"
    assert "left_out" not in held
