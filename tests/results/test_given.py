"""What a probed framework answers, in a few words each."""

from __future__ import annotations

import pytest
from probed import answered, probe, response
from samples import check, result

from fieldguide.model import Exchange, Outcome
from fieldguide.results.answers.given import LONGEST, answer, answers_of


@pytest.mark.parametrize(
    ("shows", "exchange", "words"),
    [
        (("status",), response("HTTP/1.1 405 No"), "405"),
        (("status", "body"), response(body='{"a":  1}'), '200; {"a": 1}'),
        (("status", "body"), response(body='{"a":"\\u00eb"}'), '200; {"a": "ë"}'),
        (("status", "body"), response("HTTP/1.1 404 No", "long"), "404"),
        (("body",), response(), "empty body"),
        (("body",), response(body="a\n  b"), "a b"),
        (("body",), response(body="x" * LONGEST), "x" * LONGEST),
        (("body",), response(body="x" * (LONGEST + 1)), f"{'x' * LONGEST}..."),
        (("type",), response(Content_Type="Text/HTML; charset=utf-8"), "text/html"),
        (("type",), response(), "none"),
        (("cookie",), response(Set_Cookie="a=1; HttpOnly; samesite=Lax"), "HttpOnly, SameSite=lax"),
        (("cookie",), response(Set_Cookie="a=b; secure; path=/"), "Path=/, Secure"),
        (("cookie",), response(Set_Cookie="a=b"), "no attributes"),
        (("cookie",), response(), "no attributes"),
        (("fields",), response(Date="now", X_B="1", Allow="GET"), "Allow, X-B"),
        (("fields",), response(Date="x", Server="z", Content_Type="a", Content_Length="0"), "none"),
        (("has Ada | greets | does not",), response(body="Hello, Ada"), "greets"),
        (("has Ada | greets | does not",), response(body="Hello"), "does not"),
        (("header Allow",), response(Allow="POST,GET"), "Allow: GET, POST"),
        (("header Allow",), response(), "no Allow"),
        (("header Location",), response("HTTP/1.1 302 X", Location="/a"), "Location: /a"),
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
