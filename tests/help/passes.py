"""Passes made by hand, kept and left as runs do it; the processes of tests import this too."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import samples

from fieldguide.base import digests
from fieldguide.base.json_records import to_json
from fieldguide.base.problems import Problems
from fieldguide.model import (
    Check,
    CheckResult,
    Contract,
    Deviation,
    Environment,
    Failure,
    Limits,
    Location,
    Outcome,
    Problem,
    Result,
    Snippet,
    SnippetJob,
)
from fieldguide.results import cache, last_run
from fieldguide.results.cache import FOLDER, Cache
from fieldguide.running import jobs

PATHS = [str(Path(__file__).parent), *sys.path]
"""Where another process finds this module."""

ENTRY = Location("snippets/routing/flask/app.py", 1)
SNIPPET = Snippet("routing/flask", "routing", "flask", {"app.py": b"app = 1\n"}, "app.py", ENTRY)
PLACE = Location("snippets/routing/contract.py")
CHECKS = (Check("test_a", "A.", PLACE), Check("test_b", "B.", PLACE))
CONTRACT = Contract("routing", CHECKS, "def test_a(client): ...\n", PLACE)
ENVIRONMENT = Environment("flask", Path("bin/python"), "3.13.0", "lock", (), "fingerprint")
DEVIATION = Deviation(
    *("test_a", "it cannot", Location("snippets/routing/flask/deviations.toml", 1)),
    *("https://a.example", (404,), "404"),
)
LAYERS = ("own process", "no network")


def job(
    snippet: Snippet = SNIPPET,
    contract: Contract = CONTRACT,
    environment: Environment = ENVIRONMENT,
    limits: Limits | None = None,
    server: str | None = None,
) -> SnippetJob:
    return jobs.job(snippet, contract, environment, limits or Limits(), server)


def named(name: str) -> SnippetJob:
    """A job of that name; each name has a key of its own."""
    return job(replace(SNIPPET, id=f"routing/{name}", framework=name))


A, B, C = named("a"), named("b"), named("c")


def passed(job: SnippetJob, **changes: Any) -> Result:
    """What a passing run of the job leaves."""
    reasons = {deviation.check: deviation.reason for deviation in job.snippet.deviations}
    checks = tuple(
        CheckResult(
            check,
            Outcome.FAILED if check.name in reasons else Outcome.PASSED,
            (samples.exchange(),),
            Failure(ENTRY, "expected") if check.name in reasons else None,
            reasons.get(check.name),
        )
        for check in job.contract.checks
    )
    result = Result(
        id=job.snippet.id,
        concept=job.snippet.concept,
        framework=job.snippet.framework,
        location=job.snippet.location,
        key=job.key,
        outcome=Outcome.PASSED,
        checks=checks,
        versions={"python": "3.13.0", "flask": "3.1.3"},
        server=job.server,
        source=digests.source_digest(job.snippet, job.contract),
        layers=LAYERS,
        inputs=job.inputs,
    )
    return replace(result, **changes)


def files(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("*.jsonl"))


def parts(root: Path) -> list[Path]:
    return sorted((root / ".fieldguide").rglob("*.part"))


def plant(root: Path, *bodies: bytes, name: str = "planted.jsonl") -> Path:
    """Write lines as a forger would: each with its right checksum."""
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(cache._checksum(body) + b" " + body + b"\n" for body in bodies))
    return path


def put(kept: Cache, *results: Result) -> list[Problem]:
    """Keep results; what is wrong with that."""
    collector = Problems()
    kept.put(collector, results)
    return list(collector)


def leave(root: Path, *results: Result) -> list[Problem]:
    """Leave a report of results for rendering; what is wrong with that."""
    collector = Problems()
    last_run.write_report(collector, root, samples.report(*results))
    return list(collector)


def body_of(result: Result, **changes: Any) -> bytes:
    return json.dumps({**to_json(result), **changes}).encode("utf-8")


def waiting(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that runs the code, once it has printed ``ready``; it may then wait for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Send a process the line that it waits for."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
