"""JUnit XML, for test runners."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from samples import HOSTILE, check, deviating, failed, result
from samples import report as made

from fieldguide.commands.reports.junit import junit
from fieldguide.model import Failure, Location, Outcome, Problem

WRONG = Problem(Location("docs/a,b:c%.md", 41), "100 % wrong:\r\nreally", "put it right")


def test_junit_has_a_testcase_a_check() -> None:
    never = Failure(Location("snippets/routing/flask/app.py", 3), "it raises: boom")
    suite = ElementTree.fromstring(
        junit(
            made(
                result(check(), failed(), deviating(), outcome=Outcome.FAILED),
                result(outcome=Outcome.ERRORED, failure=never, reason="boom"),
                result(outcome=Outcome.SKIPPED, reason="no fork here"),
                problems=(WRONG,),
            )
        )
    ).find("testsuite")
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6",
        "failures": "1",
        "errors": "2",
        "skipped": "2",
    }
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == [
        *("test_converts", "test_unknown_path", "test_head", "snippet", "snippet", "run")
    ]
    assert {case.get("classname") for case in cases[:-1]} == {"routing/flask"}
    assert (cases[-1].get("file"), cases[-1].get("line")) == ("docs/a,b:c%.md", "41")
    error = cases[-1].find("error")
    assert error is not None
    assert "100 % wrong:" in (error.get("message") or "")
    assert (cases[1].get("file"), cases[1].get("line")) == ("snippets/routing/flask/app.py", "12")
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("message") == "expected 404, got 500"
    assert "snippets/routing/contract.py:14\nexpected: 404\nactual: 500" in (failure.text or "")


def test_junit_parses_whatever_a_snippet_says() -> None:
    bad = Failure(Location("a.py", 1), HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)
    text = junit(
        made(
            result(check("a", HOSTILE, Outcome.FAILED, bad), outcome=Outcome.FAILED),
            result(outcome=Outcome.SKIPPED, reason=HOSTILE),
            problems=(Problem(Location("a.py"), HOSTILE, HOSTILE),),
        )
    )
    assert ElementTree.fromstring(text.encode("utf-8")) is not None


def test_a_check_that_is_left_out_is_skipped_with_its_reason() -> None:
    out = replace(check(outcome=Outcome.SKIPPED), left_out="no TLS here")
    suite = ElementTree.fromstring(junit(made(result(out))))
    (skipped,) = suite.iter("skipped")
    assert skipped.get("message") == "no TLS here"
