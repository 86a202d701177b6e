"""Environment variables of a contract do not reach an application, and the other way round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from miniature import by_id, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.running.sandbox import Mode
from fieldguide.worker.contract.sides import Apart, Variables, mentioned
from fieldguide.worker.drivers.driver import Answer
from fieldguide.worker.drivers.tracing import Place
from fieldguide.worker.http.messages import Headers, Request, Response, respond

CONTRACT = '''
import os

os.environ["OF_CONTRACT"] = "loaded"


def test_nothing_of_the_contract_reaches_the_application(client):
    """Not what it sets when it is loaded, nor in a check."""
    os.environ["IN_CHECK"] = "set"
    assert client.get("/OF_CONTRACT").text == "None None"
    assert client.get("/IN_CHECK").text == "None None"
    assert (os.environ["OF_CONTRACT"], os.environ["IN_CHECK"]) == ("loaded", "set")


def test_nothing_of_the_application_reaches_the_contract(client):
    """Not what it sets when it is loaded, nor in an answer; it keeps both."""
    assert client.get("/OF_APP").text == "loaded loaded"
    client.post("/IN_ANSWER")
    assert client.get("/IN_ANSWER").text == "None set"
    assert os.environ.get("OF_APP") is None
    assert os.environ.get("IN_ANSWER") is None


def test_a_check_sees_its_own_again(client):
    """What an earlier check has set is still there."""
    client.wait(0.01)
    (answer,) = client.together([client.later.get("/IN_CHECK")])
    assert answer.text == "None None"
    assert os.environ["IN_CHECK"] == "set"
'''
APP = """
import os

os.environ["OF_APP"] = "loaded"
first = dict(os.environ)


def app(environ, start_response):
    name = environ["PATH_INFO"][1:]
    if environ["REQUEST_METHOD"] == "POST":
        os.environ[name] = "set"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{first.get(name)} {os.environ.get(name)}".encode()]
"""
PLACES = {
    "in process": VerifyOptions(mode=Mode.OFF),
    "judge apart": VerifyOptions(mode=Mode.STRICT),
    "sockets": VerifyOptions(server=True),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"variables/contract.py": CONTRACT, "variables/bottle/app.py": APP}
    folder = tmp_path_factory.mktemp("variables")
    return miniature(folder, ["bottle"], files, preload=False)


@pytest.mark.parametrize("place", PLACES)
def test_each_side_has_its_own(place: str, root: Path) -> None:
    result = by_id(verify(root, ["variables"], PLACES[place]))["variables/bottle"]
    assert result.failure is None, result.failure
    messages = [check.failure.message for check in result.checks if check.failure]
    assert (result.outcome, messages) == (Outcome.PASSED, [])


def test_who_does_not_mention_variables_needs_none() -> None:
    assert mentioned(CONTRACT)
    assert not mentioned("def test_it(client):\n    client.get('/')\n")


def test_the_sides_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHARED", "start")
    others = Variables()
    monkeypatch.setenv("MINE", "1")
    monkeypatch.delenv("SHARED")
    with others.in_force():
        assert os.environ["SHARED"] == "start"
        assert "MINE" not in os.environ
        os.environ["THEIRS"] = "2"
    assert os.environ["MINE"] == "1"
    assert not {"SHARED", "THEIRS"} & os.environ.keys()
    with others.in_force():
        assert os.environ["THEIRS"] == "2"


class Noting:
    """A driver whose application notes the variables that it sees, and sets one."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str | None, str | None]] = []

    def _note(self, call: str) -> None:
        self.seen.append((call, os.environ.get("OURS"), os.environ.get("THEIRS")))
        os.environ["THEIRS"] = call

    def __call__(self, request: Request) -> Response:
        self._note("one")
        return respond(request, 200, "", [], b"")

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        self._note("together")
        return []

    def wait(self, seconds: float) -> None:
        self._note("wait")

    def traced(self, *requests: Request) -> tuple[list[Answer], Place]:
        self._note("traced")
        return [], {}

    def close(self) -> None:
        self._note("close")


def test_whatever_is_asked_of_an_application_is_asked_with_its_own_variables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noting = Noting()
    apart = Apart(noting, Variables())
    monkeypatch.setenv("OURS", "set")
    request = Request("GET", "/", Headers())
    assert apart(request).status == 200
    assert apart.together([request]) == []
    apart.wait(0.1)
    assert apart.traced(request) == ([], {})
    apart.close()
    assert noting.seen == [
        ("one", None, None),
        ("together", None, "one"),
        ("wait", None, "together"),
        ("traced", None, "wait"),
        ("close", None, "traced"),
    ]
    assert os.environ["OURS"] == "set"
    assert "THEIRS" not in os.environ
