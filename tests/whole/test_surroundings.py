"""The snippets give the same in every surroundings.

In a process that was forked from a warm one, in a fresh interpreter, under the server that each
page names for production, and on a machine where seconds pass between two requests.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

import pytest
from miniature import FRAMEWORKS, ROOT, SNIPPETS, alike, by_id, cheap, files_of, miniature, seen

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import CheckResult, Outcome, Result
from fieldguide.project.collect import collect

PROJECT = collect(ROOT)
TIMED = "middleware/tornado"
"""What tells its own time by that clock; its contract holds that against a true one."""
SOME = list(PROJECT.snippets)[::3]
"""Of every concept and of every framework some. Their servers run all of them, each in a fresh
interpreter as well."""
TELLS = re.compile(rb"time|date|cookie|token|session|expire|max_age|csrf", re.IGNORECASE)
"""What a snippet's files mention that may ask for the time, by itself or through its framework."""


def telling() -> list[str]:
    """The snippets whose answers may depend on a clock."""
    files = {id: b"\n".join(one.files.values()) for id, one in PROJECT.snippets.items()}
    return [id for id, content in files.items() if TELLS.search(content) and id != TIMED]


@pytest.fixture(scope="module")
def here() -> dict[str, Result]:
    """The snippets' results in process, as the project keeps them while nothing changes."""
    return by_id(verify(ROOT, ["snippets"]))


@pytest.fixture(scope="module")
def there() -> dict[str, Result]:
    """Their results under the servers; kept in the project, whose pages then say so."""
    return by_id(verify(ROOT, (), VerifyOptions(server=True)))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Results from an interpreter for each."""
    root = miniature(tmp_path_factory.mktemp("fresh"), FRAMEWORKS, files_of(SNIPPETS))
    return by_id(verify(root, SOME, VerifyOptions(fork=False)))


CLOCK = b"""\
import time as _time
_clock, _ahead = _time.time, [-600.0]
def _later():
    _ahead[0] += 0.7
    return _clock() + _ahead[0]
_time.time = _later
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Their results in process, by a clock that is slow, and gains whenever it is read."""
    files = files_of(SNIPPETS)
    for path in files:
        if path.endswith("app.py"):
            files[path] = CLOCK + cheap(files[path])
    root = miniature(tmp_path_factory.mktemp("later"), FRAMEWORKS, files)
    return by_id(verify(root, telling()))


@pytest.mark.parametrize("id", PROJECT.snippets)
def test_the_server_gives_the_same(
    id: str, here: dict[str, Result], there: dict[str, Result]
) -> None:
    assert_same(here[id], there[id])
    assert there[id].server == PROJECT.frameworks[there[id].framework].server


@pytest.mark.parametrize("id", telling())
def test_what_is_shown_depends_on_no_clock(
    id: str, here: dict[str, Result], later: dict[str, Result]
) -> None:
    assert_same(here[id], later[id])


def test_most_concepts_are_held_against_the_clock() -> None:
    """So that the rule leaves out what it should, and no more."""
    assert {"csrf", "forms", "login", "middleware", "sessions", "static-files"} <= {
        id.partition("/")[0] for id in telling()
    }


def assert_same(one: Result, other: Result) -> None:
    """That both passed, by the same exchanges; skips what this Python's release cannot run."""
    if other.outcome is Outcome.SKIPPED:
        pytest.skip(other.reason)
    assert other.outcome is Outcome.PASSED, other.reason
    assert one.outcome is other.outcome
    assert other.versions == one.versions
    for mine, real in zip(one.checks, other.checks, strict=True):
        assert mine.check.name == real.check.name
        assert mine.outcome is real.outcome
        assert len(mine.exchanges) == len(real.exchanges)
        for exchange, beside in zip(mine.exchanges, real.exchanges, strict=True):
            assert alike(exchange.request) == alike(beside.request)
            assert seen(exchange) == seen(beside, exchange)


def test_every_concept_and_framework_is_run_without_a_fork() -> None:
    assert {PROJECT.snippets[id].concept for id in SOME} == set(PROJECT.contracts)
    assert {PROJECT.snippets[id].framework for id in SOME} == set(FRAMEWORKS)


@pytest.mark.parametrize("id", SOME)
def test_fork_changes_nothing(id: str, here: dict[str, Result], fresh: dict[str, Result]) -> None:
    if here[id].outcome is Outcome.SKIPPED:
        pytest.skip(here[id].reason)
    assert here[id].outcome is Outcome.PASSED, here[id].reason
    assert without_what_differs(here[id]) == without_what_differs(fresh[id])


def without_what_differs(result: Result) -> dict[str, Any]:
    return asdict(
        replace(
            result,
            layers=(),
            seconds=0.0,
            output="",
            cached=False,
            served="",
            checks=tuple(map(without_what_is_new, result.checks)),
        )
    )


def without_what_is_new(check: CheckResult) -> CheckResult:
    """The exchanges without dates, tokens and whatever else is new each time."""
    exchanges = tuple(
        replace(exchange, request=alike(exchange.request), response=alike(exchange.response))
        for exchange in check.exchanges
    )
    return replace(check, exchanges=exchanges)
