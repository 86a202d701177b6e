"""The key of a snippet's job: everything that can change its result, under a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_jobs import CONTRACT, ENVIRONMENT, SNIPPET

from fieldguide.model import Limits, SnippetJob
from fieldguide.running import jobs

JOB = jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, Limits())
CHANGES: dict[str, SnippetJob] = {
    "snippet": jobs.job(
        replace(SNIPPET, files={"app.py": b"app = 2\n"}), CONTRACT, ENVIRONMENT, Limits()
    ),
    "deviations": jobs.job(replace(SNIPPET, deviations=()), CONTRACT, ENVIRONMENT, Limits()),
    "contract": jobs.job(SNIPPET, replace(CONTRACT, source="other"), ENVIRONMENT, Limits()),
    "lock": jobs.job(SNIPPET, CONTRACT, replace(ENVIRONMENT, lock_digest="x"), Limits()),
    "installed distributions": jobs.job(
        SNIPPET, CONTRACT, replace(ENVIRONMENT, fingerprint="x"), Limits()
    ),
    "Python": jobs.job(SNIPPET, CONTRACT, replace(ENVIRONMENT, python_version="3.1"), Limits()),
    "limits": jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, Limits(wall_seconds=1.0)),
    "server": jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, Limits(), "gunicorn"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_input_changes_the_key_and_is_named(name: str) -> None:
    changed = CHANGES[name]
    assert changed.key != JOB.key
    assert [key for key in JOB.inputs if changed.inputs[key] != JOB.inputs[key]] == [name]


def test_a_database_is_an_input_where_there_is_one() -> None:
    url = "postgresql://ada:secret@/shop"
    given = jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, Limits(), database=url)
    assert given.key != JOB.key
    assert set(given.inputs) - set(JOB.inputs) == {"database"}
    assert "secret" not in repr(given.inputs)


def test_the_same_again_has_the_same_key() -> None:
    assert jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, Limits()) == JOB


def test_what_a_page_shows_does_not_depend_on_where_it_ran() -> None:
    sources = {name: changed.source == JOB.source for name, changed in CHANGES.items()}
    assert [name for name, same in sources.items() if not same] == [
        "snippet",
        "deviations",
        "contract",
    ]
