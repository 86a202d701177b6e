"""The results of what did not run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from passes import CONTRACT, ENVIRONMENT, SNIPPET, job

from fieldguide.base.digests import source_digest
from fieldguide.model import (
    Entry,
    Fate,
    Fence,
    FenceJob,
    Group,
    Limits,
    Location,
    Lost,
    Options,
    Outcome,
    Problem,
    Snippet,
)
from fieldguide.pages import groups
from fieldguide.results import unrun

PLACE = Location("docs/concepts/routing.md", 5, 7)
FENCE = Fence(PLACE, PLACE.path, "", "python", "python {.run}", Options(run=True), "1", (PLACE,))
ENTRY = Entry(FENCE, Fate.RUN, "concepts/routing#one", "one")
GROUP = Group("concepts/routing#one", PLACE.path, PLACE, "flask", (ENTRY,), "routing/flask")
REFUSAL = Problem(Location("environments/flask.txt"), "it has no lock", "fieldguide lock flask")


def fence_job(**changes: Any) -> FenceJob:
    prepared = FenceJob(GROUP, (), (), {}, "", ENVIRONMENT, Limits(), "key", {}, "source")
    return replace(prepared, **changes)


@pytest.mark.parametrize(
    ("subject", "concept", "place"),
    [(SNIPPET, "routing", SNIPPET.location), (GROUP, "concepts/routing", PLACE)],
    ids=["snippet", "group"],
)
def test_what_has_no_environment(subject: Snippet | Group, concept: str, place: Location) -> None:
    result = unrun.without_environment(subject, REFUSAL)
    assert (result.id, result.concept, result.framework) == (subject.id, concept, "flask")
    assert (result.outcome, result.key, result.checks) == (Outcome.ERRORED, "", ())
    assert result.reason == "no environment: it has no lock"
    assert result.failure is not None
    assert (result.failure.location, result.failure.message) == (place, result.reason)
    assert result.failure.next == "fieldguide lock flask"


def test_a_lost_process_keeps_the_key_of_its_job() -> None:
    one = job(server="gunicorn")
    result = unrun.lost(one, Lost("it fell silent"))
    assert (result.key, result.server, result.source) == (one.key, "gunicorn", one.source)
    assert (result.outcome, result.reason) == (
        Outcome.ERRORED,
        "its process was lost twice: it fell silent",
    )
    fences = unrun.lost(fence_job(), Lost("it fell silent"))
    assert (fences.id, fences.key, fences.source) == (GROUP.id, "key", "source")
    assert (fences.reason, fences.server) == (result.reason, None)


def test_a_skipped_snippet_says_what_it_would_run_with() -> None:
    result = unrun.skipped_snippet(SNIPPET, CONTRACT, ENVIRONMENT, "it needs django>=6")
    assert (result.outcome, result.reason) == (Outcome.SKIPPED, "it needs django>=6")
    assert result.versions == {"python": "3.13.0"}
    assert result.source == source_digest(SNIPPET, CONTRACT)
    assert result.failure is None


def test_skipped_fences_name_the_application() -> None:
    result = unrun.skipped_group(GROUP, {SNIPPET.id: SNIPPET}, "it needs django>=6")
    assert result.outcome is Outcome.SKIPPED
    assert result.reason == "routing/flask is skipped: it needs django>=6"
    assert result.source == groups.digest(GROUP, {SNIPPET.id: SNIPPET})
