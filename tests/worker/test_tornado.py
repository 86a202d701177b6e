"""Tornado's driver: bodies in pieces, answers that come early, and applications that break off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from apart import apart
from miniature import ROOT

from fieldguide.environments import interpreters, prepare
from fieldguide.worker.drivers.tornado import TornadoDriver, driver_for

CASES = Path(__file__).parents[1] / "cases" / "drivers"
ASKED = """\
sys.path.insert(0, sys.argv[2])
from tornado.httputil import HTTPInputError
from tornado_app import app
from fieldguide_worker.drivers.tornado import TornadoDriver, driver_for
from fieldguide_worker.http.client import Client
from fieldguide_worker.http.messages import Headers, ProtocolError, Request

class Other(type(app)):
    "An application of a class of its own."

class Breaking:
    "Tornado's side of an application that breaks off at one of its steps."
    def __init__(self, at, error):
        self.at, self.error = at, error

    def start_request(self, _, connection):
        self.connection = connection
        return self

    def headers_received(self, start, headers):
        self._come_to("headers")

    def data_received(self, piece):
        self._come_to("body")

    def finish(self):
        self._come_to("end")

    def _come_to(self, step):
        if step == self.at:
            if self.error is not None:
                raise self.error
            self.connection.finish()

def broken(at, error=None):
    driver = TornadoDriver(Breaking(at, error))
    try:
        return driver(Request("POST", "/", Headers([("Host", "testserver")]), b"x")).status
    except ProtocolError as error:
        return str(error)
    finally:
        driver.close()

driver = TornadoDriver(app)
client = Client(driver)
pieces = client.post("/upload", body=b"x" * 300_000).json()
nothing = client.post("/upload").json()
early = client.post("/upload", body=b"x" * 300_000, headers={"X-Refuse": "1"})
named = client.get("/connection")
tell({
    "drivers": [driver_for(one) is TornadoDriver for one in (app, Other([]), client)],
    "pieces": pieces,
    "nothing": nothing,
    "early": [early.status, early.text],
    "limit": client.post("/upload", body=b"x" * 400_000).status,
    "over the limit": client.post("/upload", body=b"x" * 400_001).status,
    "connection": [name for name, _ in named.headers.fields if name.lower() == "connection"],
    "no input": [broken(at, HTTPInputError("x")) for at in ("headers", "body", "end")],
    "raised": [broken(at, KeyError("x")) for at in ("headers", "body", "end")],
    "silent": [broken(at) for at in ("headers", "body", "end")],
})
driver.close()
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the driver answers, in Tornado's environment."""
    interpreter = interpreters.application(prepare.prepare(ROOT, "tornado"))
    folder = tmp_path_factory.mktemp("tornado")
    ran = apart(ASKED, folder, str(CASES), python=interpreter)
    assert ran.status == 0, ran.output
    answers: dict[str, Any] = ran.told
    return answers


def test_it_drives_applications_of_tornado_alone(asked: dict[str, Any]) -> None:
    assert asked["drivers"] == [True, True, False]


class Application:
    """An application that is called as Tornado's is."""


def test_an_application_is_told_by_where_its_class_comes_from() -> None:
    """Tornado need not be there to see that something is not its application."""
    assert driver_for(Application()) is None
    pretended = type("Application", (), {"__module__": "tornado.web"})
    assert driver_for(pretended()) is TornadoDriver


def test_a_long_body_arrives_in_pieces(asked: dict[str, Any]) -> None:
    assert asked["pieces"] == {"length": 300_000, "whole": False}


def test_an_empty_body_is_no_piece(asked: dict[str, Any]) -> None:
    assert asked["nothing"] == {"length": 0, "whole": True}


def test_an_answer_before_the_body_ends_the_request(asked: dict[str, Any]) -> None:
    assert asked["early"] == [413, "refused"]


def test_a_body_over_the_limit_is_no_request(asked: dict[str, Any]) -> None:
    assert (asked["limit"], asked["over the limit"]) == (200, 400)


def test_fields_that_end_at_the_server_are_left_out(asked: dict[str, Any]) -> None:
    assert asked["connection"] == []


def test_input_that_tornado_refuses_is_400(asked: dict[str, Any]) -> None:
    assert asked["no input"] == [400, 400, 400]


def test_what_is_raised_outside_of_a_handler_is_no_answer(asked: dict[str, Any]) -> None:
    (words,) = set(asked["raised"])
    assert words == "the application raised outside of its handler"


def test_an_end_without_a_response_is_no_answer(asked: dict[str, Any]) -> None:
    (words,) = set(asked["silent"])
    assert "without a response" in words
