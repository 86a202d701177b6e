"""A trial language, ``sql``: its module, its step, and a walk through all it is for."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldguide.base.paths import ENGINE, WORKER
from fieldguide.languages import registry
from fieldguide.languages.grammar.problems import SourceError
from fieldguide.languages.language import Language
from fieldguide.model import Mismatch

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

    def expected(self, parsed):
        return iter(parsed.rows)

    def compare(self, parsed, reply, options, other=None):
        last = parsed.source.count("\\n")
        if reply.error is not None:
            return [Mismatch(last, f"it fails: {{reply.error}}", next="correct the statement")]
        if reply.rows == parsed.rows:
            return []
        expected, actual = "; ".join(parsed.rows), "; ".join(reply.rows)
        return [Mismatch(last, f'expected "{{expected}}", got "{{actual}}"', expected, actual)]

    def bless(self, parsed, reply, other=None):
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
IMPORT = "from .sql import SQL\n\n"
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


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


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
