"""The answers of probed frameworks: in a few words, accepted, compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples import FLASK, check, message, result

from fieldguide.base.problems import Problems
from fieldguide.model import Exchange, Location, Outcome, Result
from fieldguide.project.probes import Probe
from fieldguide.results.answers.acceptance import accepted
from fieldguide.results.answers.accepted import PATH, nearest, read, written
from fieldguide.results.answers.changes import changes
from fieldguide.results.answers.given import LONGEST, answer, answers_of


def probe(*shows: str, name: str = "head") -> Probe:
    place = Location("probes/probes.toml", 1)
    return Probe(
        *(name, "group", "`HEAD`", "GET", "/", (), "", 0), shows or ("status",), "says", place
    )


def response(start: str = "HTTP/1.1 200 OK", body: str = "", **headers: str) -> Exchange:
    return Exchange(message("GET / HTTP/1.1"), message(start, body, **headers))


def answered(status: int = 405, version: str = "3.1.3", name: str = "head") -> Result:
    asked = check(name, exchanges=(response(f"HTTP/1.1 {status} X"),))
    return result(asked, id="probes/flask", versions={"python": "3.13.0", "flask": version})


@pytest.mark.parametrize(
    ("shows", "exchange", "words"),
    [
        (("status",), response("HTTP/1.1 405 No"), "405"),
        (("status", "body"), response(body='{"a":  1}'), '200; {"a": 1}'),
        (("status", "body"), response("HTTP/1.1 404 No", "long"), "404"),
        (("body",), response(), "empty body"),
        (("body",), response(body="x" * 99), f"{'x' * LONGEST}..."),
        (("type",), response(Content_Type="Text/HTML; charset=utf-8"), "text/html"),
        (("type",), response(), "none"),
        (("cookie",), response(Set_Cookie="a=1; HttpOnly; samesite=Lax"), "HttpOnly, SameSite=lax"),
        (("cookie",), response(), "no attributes"),
        (("fields",), response(Date="now", X_B="1", Allow="GET"), "Allow, X-B"),
        (("fields",), response(Server="x"), "none"),
        (("has Ada | greets | does not",), response(body="Hello, Ada"), "greets"),
        (("has Ada | greets | does not",), response(body="Hello"), "does not"),
        (("header Allow",), response(Allow="POST,GET"), "Allow: GET, POST"),
        (("header Allow",), response(), "no Allow"),
        (("header Content-Length",), response(Content_Length="12"), "12"),
        (("status",), None, "no valid answer"),
    ],
)
def test_an_answer_in_a_few_words(
    shows: tuple[str, ...], exchange: Exchange | None, words: str
) -> None:
    assert answer(probe(*shows), exchange) == words


def test_only_what_was_asked_has_an_answer() -> None:
    probes = [probe(), probe(name="form")]
    assert answers_of(probes, answered()) == {"head": "405"}
    failed = result(check("head"), outcome=Outcome.FAILED)
    assert answers_of(probes, failed) == {}


@pytest.mark.parametrize(
    ("now", "then"),
    [("3.1", "3.1"), ("3.2", "3.1"), ("2.9", "3.0"), ("3.10", "3.9"), ("3.0.5", "3.0")],
)
def test_the_version_to_compare_with(now: str, then: str) -> None:
    assert nearest(["3.1", "3.0", "3.9"], now) == then
    assert nearest([], now) is None


def test_what_is_written_is_read(tmp_path: Path) -> None:
    known = {"flask": {"3.10": {"head": "405"}, "3.9": {"head": "200"}}, "bottle": {}}
    (tmp_path / "probes").mkdir()
    (tmp_path / PATH).write_text(written(known), "utf-8")
    collector = Problems()
    assert read(collector, tmp_path) == {"flask": known["flask"]}
    assert list(json.loads(written(known))["flask"]) == ["3.9", "3.10"]
    assert list(collector) == []


@pytest.mark.parametrize("content", ["[", "7", '{"flask": 7}', '{"flask": {"3": {"head": 7}}}'])
def test_damaged_answers_are_a_problem(tmp_path: Path, content: str) -> None:
    (tmp_path / "probes").mkdir()
    (tmp_path / PATH).write_text(content, "utf-8")
    collector = Problems()
    assert read(collector, tmp_path) == {}
    (problem,) = collector
    assert problem.location.path == PATH


def test_no_answers_are_none(tmp_path: Path) -> None:
    collector = Problems()
    assert read(collector, tmp_path) == {}
    assert list(collector) == []


def test_another_answer_than_the_accepted_one_is_a_warning() -> None:
    known = {"flask": {"3.0.0": {"head": "200"}}}
    (problem,) = changes([probe()], FLASK, answered(), known)
    assert problem.message == "Flask 3.1.3: `HEAD`: 405, was 200 in 3.0.0"
    assert list(changes([probe()], FLASK, answered(200), known)) == []
    (first,) = changes([probe()], FLASK, answered(), {})
    assert first.message.endswith("which nobody has accepted yet")


def test_accepting_keeps_what_another_python_pins() -> None:
    known = {"flask": {"2.0": {"head": "1"}, "3.0": {"head": "2"}}}
    lock = "flask==3.0 ; python_version < '3.13'\nflask==3.1.3\n"
    text = accepted([FLASK], [probe()], {"probes/flask": answered()}, known, {"flask": lock})
    assert json.loads(text) == {"flask": {"3.0": {"head": "2"}, "3.1.3": {"head": "405"}}}
    untouched = accepted([FLASK], [probe()], {}, known, {"flask": lock})
    assert json.loads(untouched) == known
