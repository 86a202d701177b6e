"""A language that is added: what it costs, and what stops one that does not fit.

A trial language, ``sql``, is added to a copy of the engine and walked through all that a language
is for. What a copy needs besides is counted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from miniature import miniature
from trial_language import PAGE, WALK, add, edit

from fieldguide.base.paths import ENGINE, WORKER
from fieldguide.base.problems import Problems
from fieldguide.languages.language import Option
from fieldguide.languages.pycon import PYCON
from fieldguide.languages.python import PYTHON
from fieldguide.languages.registry import HOW, LANGUAGES, LanguageError, registered
from fieldguide.model import Options
from fieldguide.pages.account import account
from fieldguide.pages.fences.scan import scan


def run(engine: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python that has that folder as its engine."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(engine.parent), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def copied(folder: Path) -> Path:
    engine = folder / "hooks" / ENGINE.name
    shutil.copytree(ENGINE, engine)  # with its byte code, which is right for what is not changed
    return engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine = copied(tmp_path_factory.mktemp("trial"))
    add(engine)
    return engine


def changes(engine: Path) -> Iterator[str]:
    for path in sorted(engine.rglob("*.py")):
        real = ENGINE / path.relative_to(engine)
        if not real.exists() or real.read_bytes() != path.read_bytes():
            yield path.name


@pytest.fixture(scope="module")
def walk(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the walk tells: of each command its status, its output and the page after it."""
    root = miniature(tmp_path_factory.mktemp("walk") / "site", (), {})
    (root / "snippets").mkdir()
    done = run(engine, "-c", WALK, str(root), json.dumps(PAGE))
    assert done.returncode == 0, done.stderr
    steps: dict[str, Any] = json.loads(done.stdout)
    assert steps["engine"] == str(engine / "__init__.py")
    return steps


def test_a_language_costs_its_module_its_step_and_a_line(
    engine: Path, walk: dict[str, Any]
) -> None:
    assert list(changes(engine)) == ["registry.py", "sql.py", "steps.py"]
    status, output, _ = walk["runs"]
    assert (status, "1 fence: 1 passed" in output) == (0, True), output
    assert 'class="fg-ran fg-ran--passed"' in walk["page"]
    assert 'data-copy="CREATE TABLE tea (name, price);&#10;INSERT' in walk["page"]
    status, output, _ = walk["wrong"]
    assert status == 1
    assert 'docs/notes.md:7: notes#sql-1: expected "oolong | 8", got "oolong | 7".' in output
    assert "fieldguide bless notes#sql-1" in output
    assert walk["blessed"][0] == 0
    assert walk["blessed"][2] == PAGE


def test_what_fails_is_never_blessed(walk: dict[str, Any]) -> None:
    words = "docs/notes.md:7: notes#sql-1: it fails: no such table: coffee."
    status, output, _ = walk["broken"]
    assert (status, words in output) == (1, True), output
    assert "bless" not in output
    assert "no such table: coffee" in walk["junit"]
    assert 'name="sql-1"' in walk["junit"]
    assert 'class="fg-ran fg-ran--failed"' in walk["page of broken"]
    status, output, text = walk["refused"]
    assert (status, words in output) == (1, True), output
    assert "-- oolong | 7" in text
    assert "this sqlite fence is neither run nor shown" in walk["unaccounted"][1]
    assert "run it: ```sql {.run}" in walk["unaccounted"][1]
    assert "data-exit is only for console, and the fence is in sql" in walk["option"][1]
    assert "there is no statement in this fence" in walk["unread"][1]


def test_a_language_without_its_step_stops_the_engine(tmp_path: Path) -> None:
    engine = copied(tmp_path)
    add(engine)
    edit(
        engine / "worker" / next(WORKER.rglob("steps.py")).relative_to(WORKER),
        '    "sql": sql,\n',
        "",
    )
    done = run(engine, "-m", "fieldguide", "lint")
    assert done.returncode == 1
    words = 'the language "sql" has no step in the worker. Next: add "sql" to STEPS in '
    assert done.stderr.rstrip().endswith(f"{words}worker/fences/steps.py")


def option(**changed: Any) -> Option:
    raises = next(option for option in PYTHON.options if option.key == "data-raises")
    return replace(raises, **changed)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "sql"}, 'the language "sql" has no step in the worker'),
        ({"aliases": ("py",)}, '"py" of the language "pycon" is taken by "python" already'),
        ({"options": (option(),)}, '"data-raises" of the language "pycon" is taken by "python"'),
        (
            {"options": (option(key="data-flag", field="flag"),)},
            'data-flag of "pycon" sets the field flag, which model.Options does not have',
        ),
    ],
)
def test_a_language_that_does_not_fit_the_others(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(LanguageError, match=words):
        registered(PYTHON, replace(PYCON, **changed))


def test_every_language_of_a_session_has_an_act_of_its_own() -> None:
    for name, act in HOW.items():
        text = f"```{name}\nx\n```\n"
        problems = Problems()
        account(problems, scan("docs/a.md", text).fences, ())
        if name != "pycon":  # which runs, and cannot be read
            assert [act in problem.next for problem in problems] == [True], name
            assert ["; or say why" in problem.next for problem in problems] == [bool(act)], name
    assert "pycon" in HOW["pycon3"]
    assert "python" in HOW["py3"]
    assert "console" in HOW["ksh"]
    # As Pygments names them, which are more than anybody would think of.
    assert {"python-console", "sage", "python2", "pwsh-session", "tcshcon"} < set(HOW)
    assert HOW["powershell"] == HOW["tcshcon"] == ""
    assert not {"starlark", "pyi", "pytb"} & set(HOW)
    assert set(LANGUAGES) <= set(HOW)


def test_options_of_a_language_are_fields_of_the_record() -> None:
    asked = {option.field for language in LANGUAGES.values() for option in language.options}
    assert asked == {"raises", "asynchronous", "exit", "app"}
    assert all(hasattr(Options(), name) for name in asked)
