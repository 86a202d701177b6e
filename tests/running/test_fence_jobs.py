"""The key of a group of fences: what is an input of it, and what is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from sample_jobs import ENVIRONMENT, SNIPPET, groups_of
from tea_shop import RUN

from fieldguide.base import digests
from fieldguide.base.paths import ENGINE
from fieldguide.model import FenceJob, Limits
from fieldguide.running import fence_jobs

CHANGES = {
    "code": ("price=3", "price=2 + 1"),
    "hidden code": ("app = Flask(", "app  = Flask("),
    "a written file": ("<p>{{ price }}</p>", "<p>{{ price + 0 }}</p>"),
    "its name": ("pages/tea.html", "pages/./tea.html"),
    "an option": ("{#price .run", '{#price .run data-async="true"'),
    "an expected output": ("('tea', {})", "('tea'..."),
    "a documented response": ("<p>3</p>\n", "...\n"),
    "a shown header": ("Content-Type: text/html; charset=utf-8\n", ""),
    "the environment": (' data-env="flask"}', ' data-env="bottle"}'),
}
"""What is an input of the key, each with a change of it."""
PROSE = {
    "a title": (' data-env="flask"}', ' data-env="flask" title="Setup"}'),
    "a paragraph": ("# Notes\n", "# Notes\n\nA new paragraph,\nof two lines.\n"),
    "a fence of another group": ("1 + 1", "2 + 0"),
}
"""What is none."""


def job(text: str, id: str = "notes#shop", app: bytes | None = None) -> FenceJob:
    """The job of a group of a page; ``app`` is what the snippet routing/flask is."""
    snippet = SNIPPET if app is None else replace(SNIPPET, files={"app.py": app})
    return fence_jobs.job(groups_of(text)[id], ENVIRONMENT, Limits(), {SNIPPET.id: snippet})


@pytest.mark.parametrize("name", CHANGES)
def test_an_input_changes_the_key(name: str) -> None:
    before, after = CHANGES[name]
    assert RUN.count(before) >= 1
    old, new = job(RUN), job(RUN.replace(before, after, 1))
    assert new.key != old.key
    assert new.source != old.source
    assert [name for name in new.inputs if new.inputs[name] != old.inputs[name]] == ["fences"]
    other = "notes#pycon-1"
    assert job(RUN, other).key == job(RUN.replace(before, after, 1), other).key


@pytest.mark.parametrize("name", PROSE)
def test_prose_changes_no_key(name: str) -> None:
    before, after = PROSE[name]
    assert before in RUN
    old, new = job(RUN), job(RUN.replace(before, after, 1))
    assert (new.key, new.source) == (old.key, old.source)


def test_the_surroundings_are_inputs() -> None:
    group = groups_of(RUN)["notes#shop"]
    old = fence_jobs.job(group, ENVIRONMENT, Limits(), {})
    for environment, limits, name in (
        (replace(ENVIRONMENT, lock_digest="other"), Limits(), "lock"),
        (replace(ENVIRONMENT, fingerprint="other"), Limits(), "installed distributions"),
        (replace(ENVIRONMENT, python_version="3.14.0"), Limits(), "Python"),
        (ENVIRONMENT, Limits(wall_seconds=7), "limits"),
    ):
        new = fence_jobs.job(group, environment, limits, {})
        assert new.key != old.key
        assert [name for name in new.inputs if new.inputs[name] != old.inputs[name]] == [name]
        assert new.source == old.source


ANSWERED = """\
```http {#hello .run data-app="routing/flask"}
GET /hello/Ada HTTP/1.1

HTTP/1.1 200 OK

...
```
"""


def test_the_application_that_answers_is_an_input() -> None:
    old, new = job(ANSWERED, "notes#hello"), job(ANSWERED, "notes#hello", b"app = 2\n")
    assert new.key != old.key
    assert (old.main, dict(old.files)) == (SNIPPET.main, dict(SNIPPET.files))


def test_a_group_without_an_application_has_no_files() -> None:
    group = job(RUN)
    assert (group.main, dict(group.files)) == ("", {})
    assert [check.name for check in group.checks] == ["python-1", "price", "http-1"]
    assert [step["kind"] for step in group.steps] == ["python", "file", "python", "http"]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the engine, whose digest is a part of every key."""
    copy = tmp_path / "engine"
    shutil.copytree(ENGINE, copy)
    monkeypatch.setattr(digests, "ENGINE", copy)
    yield copy
    digests.engine_digest.cache_clear()


def test_whatever_compares_is_an_input(engine: Path) -> None:
    """`normalise.plain` asks `text.visible`: a change there changes what is compared."""

    def inputs() -> Mapping[str, str]:
        digests.engine_digest.cache_clear()
        return job(RUN).inputs

    before = inputs()
    assert inputs() == before
    with (engine / "base/text.py").open("ab") as file:
        file.write(b"# changed\n")
    after = inputs()
    assert [name for name in after if after[name] != before[name]] == ["engine"]


def test_the_shell_is_an_input_where_commands_run(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = set()
    for shell in ("/bin/bash", None):
        monkeypatch.setattr(shutil, "which", lambda name, path, shell=shell: shell)
        keys.add(job("```console {.run}\n$ ls\n```\n", "notes#console-1").key)
        assert "shell" not in job(RUN).inputs
    assert len(keys) == 2
