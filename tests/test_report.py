"""Reports for people and programs."""

from __future__ import annotations

import io
import json
from datetime import datetime
from xml.etree import ElementTree

import pytest
from samples import HOSTILE, check, deviating, failed, result
from samples import report as made

import fieldguide
from fieldguide import report
from fieldguide.model import Failure, Location, Outcome, Problem
from fieldguide.progress import Progress

WRONG = Problem(Location("docs/a,b:c%.md", 41), "100 % wrong:\r\nreally", "put it right")


def test_verification_has_the_published_schema() -> None:
    verified = made(result(check(), deviating()))
    data = json.loads(json.dumps(report.verification(verified)))
    assert list(data) == [
        *("schema", "generated", "engine", "python", "platform", "layers"),
        *("environments", "results", "fences", "not possible", "totals"),
    ]
    assert data["schema"] == 1
    assert datetime.fromisoformat(data["generated"]).tzinfo is not None
    assert data["engine"] == fieldguide.__version__
    assert data["layers"] == ["a process of its own"]
    assert data["environments"] == {
        "flask": {"python": "3.13.0", "distributions": {"flask": "3.1.3"}}
    }
    (one,) = data["results"]
    assert list(one) == [
        *("id", "kind", "concept", "framework", "cell", "path", "line", "outcome", "reason"),
        *("cached", "seconds", "checks"),
    ]
    assert {name: one[name] for name in list(one)[:11]} == {
        "id": "routing/flask",
        "kind": "snippet",
        "concept": "routing",
        "framework": "flask",
        "cell": {"kind": "", "why": "", "instead": ""},
        "path": "snippets/routing/flask/app.py",
        "line": 1,
        "outcome": "passed",
        "reason": "test_head deviates: it has no HEAD",
        "cached": False,
        "seconds": 0.25,
    }
    first, second = one["checks"]
    assert list(first) == ["name", "claim", "outcome", "exchanges"]
    assert second["outcome"] == "failed"
    assert first["exchanges"] == [
        {
            "request": {
                "start": "GET /items/7 HTTP/1.1",
                "headers": [["Host", "localhost"]],
                "body": "",
                "binary": False,
                "size": 0,
            },
            "response": {
                "start": "HTTP/1.1 200 OK",
                "headers": [["Content-Type", "application/json"]],
                "body": '{"id":  7}',
                "binary": False,
                "size": 10,
            },
        }
    ]
    assert data["totals"] == {
        "snippets": 1,
        "passed": 1,
        "failed": 0,
        "errored": 0,
        "timed out": 0,
        "skipped": 0,
        "concepts": 1,
        "frameworks": 1,
        "checks": 2,
        "failed checks": 0,
        "deviations": 1,
        "fences": {
            "fences": 0,
            "passed": 0,
            "failed": 0,
            "errored": 0,
            "timed out": 0,
            "skipped": 0,
        },
        "probed": {
            "frameworks": 0,
            "passed": 0,
            "failed": 0,
            "errored": 0,
            "timed out": 0,
            "skipped": 0,
        },
        "cached": 0,
        "seconds": 0.314,
    }


def test_a_reproducible_build_has_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert report.verification(made())["generated"] == "1970-01-01T00:00:00+00:00"


def test_the_summary_is_one_line() -> None:
    passed = made(*[result(check(), check("b"), cached=True)] * 2, result(check()))
    assert report.summary(passed) == "3 snippets: 3 passed, 5 checks, 2 from the cache, 0.31 s"
    mixed = made(
        result(check(), failed(), deviating(), outcome=Outcome.FAILED),
        result(outcome=Outcome.TIMED_OUT),
        problems=(WRONG,),
    )
    assert report.lines(mixed)[-1] == (
        "2 snippets: 1 failed, 1 timed out, 2 of 3 checks, 1 deviation, 0.31 s"
    )
    assert len(report.lines(mixed)) == 2


def test_annotations_are_escaped() -> None:
    warned = Problem(Location("docs/index.md"), "odd", "look", severity="warning")
    assert report.annotations(made(problems=(WRONG, warned))) == [
        "::error file=docs/a%2Cb%3Ac%25.md,line=41::100 %25 wrong: really. Next: put it right.",
        "::warning file=docs/index.md::odd. Next: look.",
    ]


def test_junit_has_a_testcase_a_check() -> None:
    never = Failure(Location("snippets/routing/flask/app.py", 3), "it raises: boom")
    suite = ElementTree.fromstring(
        report.junit(
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
        "tests": "5",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
    }
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == [
        *("test_converts", "test_unknown_path", "test_head", "snippet", "snippet")
    ]
    assert {case.get("classname") for case in cases} == {"routing/flask"}
    assert (cases[1].get("file"), cases[1].get("line")) == ("snippets/routing/flask/app.py", "12")
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("message") == "expected 404, got 500"
    assert "snippets/routing/contract.py:14\nexpected: 404\nactual: 500" in (failure.text or "")


def test_junit_parses_whatever_a_snippet_says() -> None:
    bad = Failure(Location("a.py", 1), HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)
    text = report.junit(
        made(
            result(check("a", HOSTILE, Outcome.FAILED, bad), outcome=Outcome.FAILED),
            result(outcome=Outcome.SKIPPED, reason=HOSTILE),
            problems=(Problem(Location("a.py"), HOSTILE, HOSTILE),),
        )
    )
    assert ElementTree.fromstring(text.encode("utf-8")) is not None


def test_progress_is_plain_lines_off_a_terminal() -> None:
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress.say("making the environment flask")
        progress.start(2, 0)
        progress.done(result(check()))
        progress.done(result(outcome=Outcome.ERRORED, reason=f"boom\n{HOSTILE}"))
    lines = stream.getvalue().splitlines()
    assert lines[:3] == [
        "making the environment flask",
        "verifying 2 snippets",
        "passed    routing/flask  1 check",
    ]
    assert lines[3].startswith("errored   routing/flask  boom </script>")
    assert "\x1b" not in stream.getvalue()


def test_progress_on_a_terminal_leaves_only_failures() -> None:
    stream = io.StringIO()
    with Progress(stream, live=True) as progress:
        progress.say("making the environment [flask]")
        progress.start(2, 0)
        progress.done(result(check()))
        progress.done(result(failed(), outcome=Outcome.FAILED, reason="expected 404, got 500"))
    assert "expected 404, got 500" in stream.getvalue()
