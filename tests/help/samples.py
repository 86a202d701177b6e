"""Records made by hand for the tests of the rendering half."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fieldguide.base import digests
from fieldguide.base.problems import Problems
from fieldguide.model import (
    Cell,
    Check,
    CheckResult,
    Contract,
    Distribution,
    Environment,
    Exchange,
    Failure,
    Framework,
    Kind,
    Limits,
    Location,
    Message,
    Outcome,
    Problem,
    Report,
    Result,
    Snippet,
)
from fieldguide.pages import groups
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.results import last_run
from fieldguide.showing.evidence import Evidence

HOSTILE = "</script><img src=x onerror=alert(1)>\x02wzxhzdk:0\x03\x1b[31m'\"&\ud800"
"""What a snippet may answer to break out of a page, a terminal or an XML file."""

FLASK = Framework("flask", "Flask", "flask", "gunicorn", "https://flask.palletsprojects.com/")


def message(start: str, body: str = "", **headers: str) -> Message:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Message(start, pairs, body, size=len(body.encode("utf-8", "surrogatepass")))


def exchange(
    target: str = "/items/7", body: str = '{"id":  7}', status: str = "200 OK"
) -> Exchange:
    return Exchange(
        message(f"GET {target} HTTP/1.1", Host="localhost"),
        message(f"HTTP/1.1 {status}", body, Content_Type="application/json"),
    )


def check(
    name: str = "test_converts",
    claim: str = "`/items/7` has the integer 7.",
    outcome: Outcome = Outcome.PASSED,
    failure: Failure | None = None,
    deviation: str | None = None,
    exchanges: tuple[Exchange, ...] = (exchange(),),
) -> CheckResult:
    place = Location("snippets/routing/contract.py", 4, 8)
    return CheckResult(Check(name, claim, place), outcome, exchanges, failure, deviation)


def failed(name: str = "test_unknown_path") -> CheckResult:
    failure = Failure(
        Location("snippets/routing/flask/app.py", 12),
        "expected 404, got 500",
        expected="404",
        actual="500",
        contract=Location("snippets/routing/contract.py", 14),
        traceback="\n".join(f"line {number}" for number in range(1, 31)),
    )
    return check(name, "An unknown path is 404.", Outcome.FAILED, failure)


def deviating(name: str = "test_head") -> CheckResult:
    failure = Failure(Location("snippets/routing/flask/app.py", 1), "expected 200, got 405")
    return check(name, "HEAD is GET.", Outcome.FAILED, failure, "it has no HEAD")


def result(*checks: CheckResult, outcome: Outcome = Outcome.PASSED, **changes: object) -> Result:
    made = Result(
        id="routing/flask",
        concept="routing",
        framework="flask",
        location=Location("snippets/routing/flask/app.py", 1),
        key="0" * 32,
        outcome=outcome,
        checks=checks,
        versions={"python": "3.13.0", "flask": "3.1.3"},
        seconds=0.25,
        source="now",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def report(*results: Result, problems: tuple[Problem, ...] = ()) -> Report:
    distributions = (Distribution("flask", "3.1.3", ("flask",), True),)
    environment = Environment(
        "flask", Path("bin/python"), "3.13.0", "lock", distributions, "fingerprint"
    )
    return Report(results, problems, (environment,), ("a process of its own",), 0.314)


def evidence_of(
    shown: Result | None,
    framework: Framework = FLASK,
    claim: str = "It works.",
    cell: Cell | None = None,
) -> Evidence:
    """A project with one snippet, routing/flask, and the result that is given, of its code."""
    place = Location("snippets/routing/contract.py", 1)
    contract = Contract("routing", (Check("test_it", claim, place),), "", place)
    snippet = Snippet(
        *("routing/flask", "routing", framework.name, {"app.py": b"app = None\n"}, "app.py"),
        Location("snippets/routing/flask/app.py", 1),
        cell=cell,
    )
    if shown is not None:
        source = digests.source_digest(snippet, contract)
        shown = replace(shown, source=source, kind=shown.kind or Kind.CORE)
    project = Project(
        root=Path("nowhere"),
        frameworks={framework.name: framework},
        contracts={"routing": contract},
        snippets={snippet.id: snippet},
        guides={},
        mentions=(),
        problems=(),
        limits=Limits(),
    )
    return Evidence(project, report(), {shown.id: shown} if shown else {})


def leave(root: Path, made: Report) -> None:
    """Leave a report where rendering reads it."""
    collector = Problems()
    last_run.write_report(collector, root, made)
    assert list(collector) == []


def store(
    root: Path,
    *,
    body: str = '{"id": 7}',
    outcome: Outcome = Outcome.PASSED,
    others: bool = False,
) -> Report:
    """Leave results for the snippet routing/flask of a miniature site, as verifying would.

    With ``others``, every other snippet has passed as well.
    """
    project = collect(root)
    snippet, contract = project.snippets["routing/flask"], project.contracts["routing"]
    checks = [
        CheckResult(check, Outcome.PASSED, (exchange(body=body),)) for check in contract.checks
    ]
    if outcome is Outcome.FAILED:
        checks[1] = replace(failed(), check=contract.checks[1])
    made = report(
        result(
            *checks, outcome=outcome, source=digests.source_digest(snippet, contract), output=body
        ),
        *(
            result(
                *(CheckResult(check, Outcome.PASSED) for check in contract.checks),
                id=other.id,
                framework=other.framework,
                location=other.location,
                source=digests.source_digest(other, contract),
            )
            for other in project.snippets.values()
            if others and other is not snippet
        ),
    )
    leave(root, made)
    assert json.loads((root / last_run.REPORT).read_text("utf-8"))
    return made


def inline_results(
    project: Project, page: str, failures: Mapping[str, Failure] | None = None
) -> tuple[Result, ...]:
    """A result a group of a page; a fence whose source a key of ``failures`` is in failed, and it
    was the last one of its group to run."""
    made: dict[str, Result] = {}
    for entry in project.accounts[page]:
        before = made.get(entry.id)
        if not entry.check or entry.fence.options.output or entry.id not in project.groups:
            continue
        if before and before.outcome is not Outcome.PASSED:
            continue
        keys = [key for key in failures or {} if key in entry.fence.source]
        failure = failures[keys[0]] if failures and keys else None
        outcome = Outcome.FAILED if failure else Outcome.PASSED
        options, place = entry.fence.options, entry.fence.location
        framework = options.env or options.app.partition("/")[2] or "python"
        versions = {"python": "3.13.0"} | ({"flask": "3.1.3"} if framework == "flask" else {})
        checked = CheckResult(Check(entry.check, "", place), outcome, (), failure)
        earlier = before.checks if before else ()
        concept = entry.id.partition("#")[0]
        made[entry.id] = Result(
            *(entry.id, concept, framework, place, "0" * 32, outcome, (*earlier, checked)),
            versions=versions,
            source=groups.digest(project.groups[entry.id], project.snippets),
        )
    return tuple(made.values())
