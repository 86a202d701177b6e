"""The key of a job: every input changes it, and nothing else does."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from passes import CONTRACT, DEVIATION, ENVIRONMENT, SNIPPET, job, passed, put

from fieldguide.base import digests
from fieldguide.base.paths import ENGINE
from fieldguide.model import Limits, Location, SnippetJob
from fieldguide.results.cache import Cache

# Every input by itself


@pytest.mark.parametrize(
    ("changed", "other"),
    [
        ("snippet", lambda: job(replace(SNIPPET, files={"app.py": b"app = 2\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, files={**SNIPPET.files, "a.html": b""}))),
        ("snippet", lambda: job(replace(SNIPPET, files={"main.py": b"app = 1\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, main="main.py"))),
        ("snippet", lambda: job(replace(SNIPPET, id="routing/bottle"))),
        ("deviations", lambda: job(replace(SNIPPET, deviations=(DEVIATION,)))),
        ("contract", lambda: job(contract=replace(CONTRACT, source="other"))),
        ("lock", lambda: job(environment=replace(ENVIRONMENT, lock_digest="other"))),
        (
            "installed distributions",
            lambda: job(environment=replace(ENVIRONMENT, fingerprint="other")),
        ),
        ("Python", lambda: job(environment=replace(ENVIRONMENT, python_version="3.11.7"))),
        ("server", lambda: job(server="gunicorn")),
    ],
)
def test_a_changed_input_changes_the_key(
    tmp_path: Path, changed: str, other: Callable[[], SnippetJob]
) -> None:
    one, two = job(), other()
    assert one.key != two.key
    assert [name for name in one.inputs if one.inputs[name] != two.inputs[name]] == [changed]
    put(Cache(tmp_path), passed(one))
    assert Cache(tmp_path).get(one) is not None
    assert Cache(tmp_path).get(two) is None


@pytest.mark.parametrize("limit", [field.name for field in fields(Limits)])
def test_every_limit_changes_the_key(limit: str) -> None:
    other = job(limits=replace(Limits(), **{limit: asdict(Limits())[limit] + 1}))
    assert other.key != job().key
    assert [n for n in other.inputs if other.inputs[n] != job().inputs[n]] == ["limits"]


def test_the_platform_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = job()
    monkeypatch.setattr(sys, "platform", "another")
    assert job().key != before.key


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the engine, which is put right again by whoever changes it."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(
        shutil.copytree(ENGINE, tmp_path_factory.mktemp("engine") / ENGINE.name, ignore=ignored)
    )


@pytest.mark.parametrize(
    "name",
    [
        "base/writing/atomic.py",
        "base/html/tables.py",
        "environments/pins.py",
        "languages/http.py",
        "model/words.py",
        "pages/groups.py",
        "results/of_snippets.py",
        "running/sandbox.py",
        "worker/fences/group.py",
        "worker/process/zygote.py",
    ],
)
def test_a_file_that_runs_or_judges_changes_the_key(
    engine: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    digests.engine_digest.cache_clear()
    before = job()
    content = (engine / name).read_bytes()
    monkeypatch.setattr(digests, "ENGINE", engine)
    digests.engine_digest.cache_clear()
    try:
        assert job().key == before.key, "a copy is the same"
        (engine / name).write_bytes(content + b"# changed\n")
        digests.engine_digest.cache_clear()
        assert job().key != before.key
    finally:
        (engine / name).write_bytes(content)
        digests.engine_digest.cache_clear()


def test_places_do_not_change_the_key() -> None:
    one = replace(SNIPPET, deviations=(DEVIATION,))
    moved = replace(DEVIATION, location=Location(DEVIATION.location.path, 9))
    assert job(one).key == job(replace(one, deviations=(moved,))).key
    assert job(environment=replace(ENVIRONMENT, python=Path("elsewhere/python"))).key == job().key


# The key of real folders
