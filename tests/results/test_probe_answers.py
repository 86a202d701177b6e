"""Answers to probes: in a few words, compared by version, set beside each other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fieldguide.base import toml
from fieldguide.base.problems import Problems
from fieldguide.model import Exchange, Framework, Message, Outcome, Result, Standing
from fieldguide.project import probes
from fieldguide.results.answers import accepted as answers_accepted
from fieldguide.results.answers import given
from fieldguide.results.answers.acceptance import accepted
from fieldguide.showing.compare import defaults

FLASK = Framework("flask", "Flask", "flask", "gunicorn", "https://flask.example/")


def test_versions_that_a_lock_names_stay_known() -> None:
    """Another Python may have another version; neither run forgets what the other accepted."""
    known = {"flask": {"2.0": {"a": "1"}, "3.0": {"a": "2"}, "3.1": {"a": "3"}}}
    lock = {"flask": "flask==3.0 ; python_version < '3.12'\nflask==3.2 \\\n"}
    result = result_of("3.2", {})
    text = accepted([FLASK], [], {"probes/flask": result}, known, lock)
    assert list(json.loads(text)["flask"]) == ["3.0"]
    text = accepted([FLASK], [], {}, known, lock)
    assert json.loads(text) == known


@pytest.mark.parametrize(
    ("now", "nearest"), [("3.1", "3.1"), ("3.2", "3.1"), ("3.0.9", "3.0"), ("1.0", "3.0")]
)
def test_an_answer_is_compared_with_the_nearest_version(now: str, nearest: str) -> None:
    assert answers_accepted.nearest(["3.1", "3.0"], now) == nearest


def result_of(number: str, exchanges: dict[str, Exchange]) -> Result:
    from samples import check

    checks = tuple(check(name, exchanges=(one,)) for name, one in exchanges.items())
    where = replace(check().check.location, path="probes/flask/app.py")
    return Result(
        "probes/flask",
        "probes",
        "flask",
        where,
        "",
        Outcome.PASSED,
        checks=checks,
        versions={"flask": number},
    )


def response(start: str, body: str = "", **fields: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Exchange(Message("GET / HTTP/1.1", (), ""), Message(start, pairs, body, size=len(body)))


@pytest.mark.parametrize(
    ("shows", "exchange", "said"),
    [
        (["status"], response("HTTP/1.1 405 X"), "405"),
        (["header Allow"], response("HTTP/1.1 405 X", Allow="POST,GET"), "Allow: GET, POST"),
        (["header Allow"], response("HTTP/1.1 405 X"), "no Allow"),
        (["header Location"], response("HTTP/1.1 302 X", Location="/a"), "Location: /a"),
        (["type"], response("HTTP/1.1 200 X", Content_Type="Text/HTML; charset=x"), "text/html"),
        (["type"], response("HTTP/1.1 200 X"), "none"),
        (["status", "body"], response("HTTP/1.1 200 X", '{"a":"\\u00eb"}'), '200; {"a": "ë"}'),
        (["status", "body"], response("HTTP/1.1 404 X", "away"), "404"),
        (["body"], response("HTTP/1.1 200 X"), "empty body"),
        (["body"], response("HTTP/1.1 200 X", "x" * 99), "x" * 60 + "..."),
        (["cookie"], response("HTTP/1.1 200 X", Set_Cookie="a=b"), "no attributes"),
        (
            ["cookie"],
            response("HTTP/1.1 200 X", Set_Cookie="a=b; secure; path=/; httponly"),
            "HttpOnly, Path=/, Secure",
        ),
        (
            ["fields"],
            response("HTTP/1.1 200 X", Date="x", Etag="y", Server="z", Content_Type="a"),
            "Etag",
        ),
        (["has x | yes | no"], response("HTTP/1.1 200 X", "axb"), "yes"),
        (["has x | yes | no"], response("HTTP/1.1 200 X", "ab"), "no"),
    ],
)
def test_an_answer_in_a_few_words(shows: list[str], exchange: Exchange, said: str) -> None:
    (probe,) = read_probes({"shows": shows})
    assert given.answer(probe, exchange) == said


def read_probes(more: dict[str, object]) -> tuple[probes.Probe, ...]:
    table = {"group": "A", "asks": "B", "request": "GET /", "says": "C", **more}
    collector = Problems()
    probe = probes._probe(collector, toml.Document("f.toml", {"name": table}, ""), "name", table)
    assert probe is not None
    assert not collector
    return (probe,)


def test_an_answer_that_stands_alone_is_marked() -> None:
    (probe,) = read_probes({})
    columns = [
        defaults.column(
            replace(FLASK, name=name, title=name),
            Standing.PASSED,
            result_of("1.0", {probe.name: response(f"HTTP/1.1 {status} X")}),
            [probe],
        )
        for name, status in (("a", "200"), ("b", "405"), ("c", "200"))
    ]
    html = defaults.table((probe,), columns)
    assert html.count("fg-answer--differs") == 1
    assert html.count("differs: ") == 1
    assert '<b><span class="fg-answer__mark">differs: </span>405</b>' in html
    assert "differs" not in defaults.table((probe,), columns[:2])  # no majority, no mark
