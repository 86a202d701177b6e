"""A language brings every part of it, and nothing else has to know of it.

A trial language, ``sql``, is added to a copy of the engine and walked through all that a language
is for. What a copy needs besides is counted.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from miniature import miniature

from fieldguide.base.paths import ENGINE, WORKER
from fieldguide.base.problems import Problems
from fieldguide.languages import registry
from fieldguide.languages.grammar.problems import SourceError
from fieldguide.languages.language import Language, Option
from fieldguide.languages.pycon import PYCON
from fieldguide.languages.python import PYTHON
from fieldguide.languages.registry import HOW, LANGUAGES, LanguageError, registered
from fieldguide.model import Mismatch, Options
from fieldguide.pages.account import account
from fieldguide.pages.fences.scan import scan

SQL = f'''\
"""``sql`` fences: statements, and after ``-- `` the rows that come."""

from dataclasses import dataclass

from {Language.__module__} import Language
from {SourceError.__module__} import SourceError
from {Mismatch.__module__} import Mismatch, Options


@dataclass(frozen=True)
class Statements:
    source: str
    code: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class SqlReply:
    rows: tuple[str, ...]
    error: str | None


class Sql(Language[Statements, SqlReply]):
    """A fence is one script for a new database."""

    def parse(self, source):
        lines = source.split("\\n")
        code = [line for line in lines if not line.startswith("--")]
        if not any(line.strip() for line in code):
            raise SourceError(0, "there is no statement in this fence", "write one")
        rows = tuple(line[3:] for line in lines if line.startswith("-- "))
        return Statements(source, "\\n".join(code), rows)

    def step(self, parsed, options):
        return {{"statements": parsed.code.split(";")}}

    def compare(self, parsed, reply, options):
        last = parsed.source.count("\\n")
        if reply.error is not None:
            return [Mismatch(last, f"it fails: {{reply.error}}", next="correct the statement")]
        if reply.rows == parsed.rows:
            return []
        expected, actual = "; ".join(parsed.rows), "; ".join(reply.rows)
        return [Mismatch(last, f'expected "{{expected}}", got "{{actual}}"', expected, actual)]

    def bless(self, parsed, reply):
        return "\\n".join([parsed.code, *(f"-- {{row}}" for row in reply.rows)])

    def fails(self, parsed, reply, options):
        return reply.error is not None

    def imports(self, parsed):
        return ""

    def copied(self, source):
        return self.parse(source).code


SQL = Sql(
    name="sql",
    aliases=("sqlite", "sqlite3"),
    options=(),
    runs_unasked=False,
    output_follows=False,
    how="run it: ```sql {{.run}}",
    how_alias="run it: ```sql {{.run}}",
    reply=SqlReply,
)
'''
STEP = '''\
def sql(group: Group, step: Reply) -> Reply:
    """Statements, in a database of their own."""
    import sqlite3

    reply: Reply = {"rows": [], "error": None}
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            for statement in step["statements"]:
                rows = database.execute(statement)
                reply["rows"] += [" | ".join(map(str, row)) for row in rows]
        except sqlite3.Error as error:
            reply["error"] = str(error)
    return reply


'''
PAGE = """\
# Notes

```sql {.run}
CREATE TABLE tea (name, price);
INSERT INTO tea VALUES ('oolong', 7);
SELECT name, price FROM tea;
-- oolong | 7
```
"""
WALK = """\
import json, sys
from pathlib import Path
from types import SimpleNamespace

import fieldguide
from click.testing import CliRunner
from fieldguide.commands.cli.main import main
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

root, page = Path(sys.argv[1]), Path(sys.argv[1], "docs/notes.md")
walk = {"engine": fieldguide.__file__}


class Relpath(Treeprocessor):
    file = SimpleNamespace(src_uri="notes.md", abs_src_path=None)


def step(name, text, *arguments):
    page.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["--root", str(root), *arguments])
    walk[name] = [done.exit_code, done.output, page.read_text("utf-8")]


def shown(name, text):
    md = Markdown(
        extensions=["fieldguide", "pymdownx.superfences"],
        extension_configs={"fieldguide": {"root": str(root)}},
    )
    md.treeprocessors.register(Relpath(md), "relpath", 0)
    walk[name] = md.convert(text)


right = json.loads(sys.argv[2])
wrong = right.replace("-- oolong | 7", "-- oolong | 8")
broken = right.replace("FROM tea", "FROM coffee")
step("runs", right, "verify", "docs/notes.md")
shown("page", right)
step("wrong", wrong, "verify", "docs/notes.md")
step("blessed", wrong, "bless", "docs/notes.md", "--yes")
step("broken", broken, "verify", "docs/notes.md", "--report", str(root / "junit.xml"))
walk["junit"] = Path(root, "junit.xml").read_text("utf-8")
shown("page of broken", broken)
step("refused", broken, "bless", "docs/notes.md", "--yes")
step("unaccounted", right.replace("sql {.run}", "sqlite"), "lint")
step("option", right.replace("{.run}", '{.run data-exit="1"}'), "lint")
step("unread", right.replace("CREATE", "-- CREATE", 1).split("INSERT")[0] + "```", "lint")
print(json.dumps(walk))
"""


def add(engine: Path) -> None:
    """The trial language in a copy of the engine."""
    languages = engine / Path(str(registry.__file__)).parent.relative_to(ENGINE)
    (languages / "sql.py").write_text(SQL, "utf-8")
    edit(languages / Path(str(registry.__file__)).name, ", HTTP)", ", HTTP, SQL)")
    edit(languages / Path(str(registry.__file__)).name, "LANGUAGES = ", f"{IMPORT}LANGUAGES = ")
    steps = engine / "worker" / next(WORKER.rglob("steps.py")).relative_to(WORKER)
    edit(steps, "STEPS: ", f"{STEP}STEPS: ")
    edit(steps, '    "http": http,\n', '    "http": http,\n    "sql": sql,\n')


IMPORT = "from .sql import SQL\n\n"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


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


def module(leave_out: str | None = None) -> Mapping[str, Any]:
    """The trial language's module, without the method or the argument of that name."""
    tree = ast.parse(SQL)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            node.body = [part for part in node.body if getattr(part, "name", "") != leave_out]
        if isinstance(node, ast.Call):
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != leave_out]
    space: dict[str, Any] = {"__name__": "trial"}
    exec(compile(tree, "sql.py", "exec", dont_inherit=True), space)
    return space


PARTS = [*sorted(Language.__abstractmethods__), *(field.name for field in fields(Language))]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_left_out_is_an_error_at_import(part: str) -> None:
    assert isinstance(module()["SQL"], Language)
    with pytest.raises(TypeError, match=part):
        module(part)


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
    assert "pycon" in HOW["pycon3"]
    assert "python" in HOW["py3"]
    assert "console" in HOW["powershell"]
    assert set(LANGUAGES) <= set(HOW)


def test_options_of_a_language_are_fields_of_the_record() -> None:
    asked = {option.field for language in LANGUAGES.values() for option in language.options}
    assert asked == {"raises", "asynchronous", "exit", "app"}
    assert all(hasattr(Options(), name) for name in asked)
