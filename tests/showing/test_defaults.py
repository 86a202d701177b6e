"""The table of defaults: answers beside each other, each with the exchange behind it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from probed import answered, probe
from samples import FLASK, result

from fieldguide.model import Outcome, Standing
from fieldguide.model.layers import ALWAYS, BOUNDARY
from fieldguide.showing.compare import defaults
from fieldguide.showing.compare.defaults import Column
from fieldguide.showing.standing import WORDS


def column(name: str, status: int, standing: Standing = Standing.PASSED) -> Column:
    """A framework that answers its one probe with a status."""
    framework = replace(FLASK, name=name, title=name.capitalize())
    return defaults.column(framework, standing, answered(status), [probe()])


def test_an_answer_that_stands_alone_is_marked() -> None:
    columns = [column("a", 200), column("b", 405), column("c", 200)]
    html = defaults.table((probe(),), columns)
    assert html.count("fg-answer--differs") == 1
    assert html.count("differs: ") == 1
    assert '<b><span class="fg-answer__mark">differs: </span>405</b>' in html
    assert "differs" not in defaults.table((probe(),), columns[:2])  # no majority, no mark


@pytest.mark.parametrize(
    ("answers", "answer"),
    [([], None), (["a"], "a"), (["a", "b"], None), (["a", "b", "a"], "a"), (["a", "b", "c"], None)],
)
def test_usual_is_what_more_than_half_answer(answers: list[str], answer: str | None) -> None:
    assert defaults.usual(answers) == answer


@pytest.mark.parametrize("standing", [Standing.STALE, Standing.FAILED, Standing.MISSING])
def test_what_is_not_proven_has_no_answer(standing: Standing) -> None:
    unproven = column("a", 405, standing)
    assert unproven.answers == {}
    html = defaults.table((probe(),), [unproven])
    assert f">{WORDS[standing]}</td>" in html
    assert "405" not in html


def test_an_answer_opens_the_window_of_its_exchange() -> None:
    """Each window has a button that opens it, and one that closes it."""
    html = defaults.table((probe(name="head_on_get"),), [column("a", 405)])
    assert "popovertarget" not in html  # it was not asked that
    asked = defaults.column(FLASK, Standing.PASSED, answered(name="head_on_get"), [])
    asked = replace(asked, answers={"head_on_get": "405; no Allow"})
    html = defaults.table((probe(name="head_on_get"),), [asked])
    (window,) = re.findall(r'<div [^>]*\bid="(answer-[^"]+)"', html)
    assert window == "answer-head-on-get-flask"
    assert html.count(f'popovertarget="{window}"') == 2
    assert '<a href="#asks-head-on-get">' in html
    assert "<b>405</b> <span>no Allow</span>" in html


def test_the_questions_stand_under_their_headings() -> None:
    probes = (probe(), replace(probe(name="form"), group="Input"))
    html = defaults.table(probes, [column("a", 200)])
    assert re.findall(r'<th scope="rowgroup"[^>]*>([^<]+)<', html) == ["group", "Input"]


def test_the_sentence_says_what_the_answers_are_from() -> None:
    asked = Column(FLASK, Standing.PASSED, replace(answered(), layers=(*ALWAYS, *BOUNDARY)), {})
    bare = replace(asked, result=replace(answered(), layers=ALWAYS))
    assert ">Asked under Python 3.13.0, sandboxed.<" in defaults.versions([asked])
    assert ">Asked under Python 3.13.0.<" in defaults.versions([asked, bare])
    assert ">Not asked yet.<" in defaults.versions([replace(asked, result=None)])


def test_a_framework_that_was_not_asked_has_no_exchange() -> None:
    assert defaults.column(FLASK, Standing.MISSING, None, [probe()]).exchange(probe()) is None
    failed = defaults.column(FLASK, Standing.FAILED, result(outcome=Outcome.FAILED), [probe()])
    assert failed.exchange(probe()) is None


def test_the_list_says_what_was_sent() -> None:
    form = replace(
        probe(name="a_form"),
        method="POST",
        headers=(("Content-Type", "text/plain"), ("Accept", "*/*")),
        body="name=x\n",
        says="It\n  arrives.",
    )
    assert defaults.meaning(form) == (
        "`HEAD` {: #asks-a-form }\n"
        ":   Sent: `POST /` with `name=x` as `text/plain`, `Accept: */*`  \n"
        "    It arrives.\n"
    )
    assert "with" not in defaults.meaning(replace(form, fill=9))  # it would be no sentence
