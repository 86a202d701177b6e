"""Groups of fences: their keys, their places, the account, and what is published of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from miniature import by_id
from pytest_runs import run, summary

from fieldguide.base import digests
from fieldguide.base.problems import ProblemError
from fieldguide.commands.cli.main import main
from fieldguide.commands.lint import account as account_lines
from fieldguide.commands.reports import terminal
from fieldguide.commands.reports.junit import junit
from fieldguide.commands.reports.verification_json import verification
from fieldguide.commands.reports.workflow_commands import workflow_commands
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Limits, Outcome, Reply, Report, Result, Stopped
from fieldguide.pages.account import account
from fieldguide.pages.fences.scan import scan
from fieldguide.project.collect import collect
from fieldguide.results import of_fences
from fieldguide.results.result_problems import problems_of
from fieldguide.running import fence_jobs, jobs

PAGE = """\
# Notes

```python {.run .hide data-group="shop" data-env="flask"}
from flask import Flask, render_template

app = Flask(__name__, template_folder="pages")
```

```html {data-file="pages/tea.html" data-group="shop"}
<p>{{ price }}</p>
```

```python {#price .run data-group="shop"}
@app.get("/tea")
def tea():
    return render_template("tea.html", price=3)


print(app.url_map.bind("").match("/tea"))
```

```text {.output}
('tea', {})
```

```http {.run data-group="shop"}
GET /tea HTTP/1.1

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<p>3</p>
```

```pycon
>>> 1 + 1
2
```

```python {.norun data-reason="it would send mail"}
send("mail")
```

```python
--8<-- "greeting/flask/app.py:route"
```

```toml
a = 1
```
"""


@pytest.fixture
def root(make_project: Callable[..., Path]) -> Path:
    root = make_project()
    write(root, PAGE)
    return root


def write(root: Path, text: str) -> None:
    (root / "docs/notes.md").write_text(text, "utf-8")


def verified(root: Path) -> Report:
    done = verify(root, ["docs/notes.md"], VerifyOptions(jobs=1))
    assert [problem for problem in done.problems if problem.severity == "error"] == [], (
        done.problems
    )
    return done


def test_each_kind_is_accounted_for(root: Path) -> None:
    entries = collect(root).accounts["docs/notes.md"]
    assert [(entry.fate, entry.id, entry.check) for entry in entries] == [
        ("run", "notes#shop", "python-1"),
        ("run", "notes#shop", ""),
        ("run", "notes#shop", "price"),
        ("run", "notes#shop", "price"),
        ("run", "notes#shop", "http-1"),
        ("run", "notes#pycon-1", "pycon-1"),
        ("not run", "", ""),
        ("shown", "", ""),
        ("text", "", ""),
    ]
    assert list(account_lines(collect(root))) == [
        "docs/notes.md: 9 fences: 6 run, 1 shown from a snippet, 1 not run, 1 plain text",
        "  docs/notes.md:40: python, not run: it would send mail",
        "2 pages: 9 fences: 6 run, 1 shown from a snippet, 1 not run, 1 plain text",
    ]


def test_lint_fails_for_what_is_unaccounted_for(root: Path) -> None:
    done = CliRunner().invoke(main, ["--root", str(root), "lint"])
    assert (done.exit_code, done.stderr) == (0, "")
    write(root, PAGE.replace(' {.norun data-reason="it would send mail"}', ""))
    done = CliRunner().invoke(main, ["--root", str(root), "lint"])
    assert done.exit_code == 1
    assert done.stderr.startswith("docs/notes.md:40: this python fence is neither run nor shown")
    assert "1 unaccounted for" in done.stdout


def test_code_beside_a_snippet_is_not_shown_from_it(root: Path) -> None:
    text = '```python\n--8<-- "greeting/flask/app.py:route"\nprint("more")\n```\n'
    write(root, text)
    assert "neither run nor shown" in collect(root).problems[0].message


def test_all_fences_are_published(root: Path) -> None:
    done = verify(root)
    entries = [one for page in collect(root).accounts.values() for one in page]
    data = json.loads(json.dumps(verification(done, entries)))
    assert [(one["line"], one["kind"], one["outcome"]) for one in data["fences"]] == [
        (3, "run", "passed"),
        (9, "run", "passed"),
        (13, "run", "passed"),
        (22, "run", "passed"),
        (26, "run", "passed"),
        (35, "run", "passed"),
        (40, "not run", None),
        (44, "shown", None),
        (48, "text", None),
    ]
    assert data["fences"][6]["reason"] == "it would send mail"
    [group] = [one for one in data["results"] if one["id"] == "notes#shop"]
    assert group["kind"] == "fences"
    assert group["checks"][2]["exchanges"][0]["response"]["body"] == "<p>3</p>"
    assert data["totals"]["snippets"] == 2
    assert data["totals"]["fences"]["passed"] == 4
    assert "2 snippets: 2 passed, 4 checks; 4 fences: 4 passed;" in terminal.summary(done)


CHANGES = {
    "code": ("price=3", "price=2 + 1"),
    "hidden code": ("app = Flask(", "app  = Flask("),
    "a written file": ("<p>{{ price }}</p>", "<p>{{ price + 0 }}</p>"),
    "its name": ("pages/tea.html", "pages/./tea.html"),
    "an option": ("{#price .run", '{#price .run data-async="true"'),
    "an expected output": ("('tea', {})", "('tea'..."),
    "a documented response": ("<p>3</p>\n", "...\n"),
    "a shown header": ("Content-Type: text/html; charset=utf-8\n", ""),
    "the environment": (' data-env="flask"}', ' data-env="flask" title="Setup"}'),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_input_of_the_key_is_a_miss(root: Path, name: str) -> None:
    assert not by_id(verified(root))["notes#shop"].cached
    assert by_id(verified(root))["notes#shop"].cached
    before, after = CHANGES[name]
    changed = PAGE.replace(before, after, 1)
    assert changed != PAGE
    write(root, changed)
    results = by_id(verified(root))
    cached = results["notes#shop"].cached
    assert cached == (name == "the environment")  # a title is no input of a run
    assert results["notes#pycon-1"].cached


def test_the_application_that_answers_is_an_input(root: Path) -> None:
    fence = "GET /hello/Ada HTTP/1.1\n\nHTTP/1.1 200 OK\n\n..."
    write(root, f'```http {{#hello .run data-app="greeting/flask"}}\n{fence}\n```\n')
    assert not by_id(verified(root))["notes#hello"].cached
    assert by_id(verified(root))["notes#hello"].cached
    app = root / "snippets/greeting/flask/app.py"
    app.write_text(app.read_text("utf-8").replace("Hello", "Good day"), "utf-8")
    assert not by_id(verify(root, ["notes#hello"]))["notes#hello"].cached


def test_prose_moves_a_fence_and_runs_nothing(root: Path) -> None:
    verified(root)
    write(root, PAGE.replace("# Notes\n", "# Notes\n\nA new paragraph,\nof two lines.\n"))
    result = by_id(verified(root))["notes#shop"]
    assert result.cached
    assert result.location.line == 6
    assert [check.check.location.line for check in result.checks] == [6, 16, 29]


def test_a_failure_is_never_kept(root: Path) -> None:
    write(root, PAGE.replace("('tea', {})", "('milk', {})"))
    for _ in range(2):
        result = by_id(verify(root, ["notes#shop"]))["notes#shop"]
        assert (result.outcome, result.cached) == (Outcome.FAILED, False)
        assert [check.outcome.value for check in result.checks] == ["passed", "failed", "passed"]


def test_a_fence_is_selected_by_its_name(root: Path) -> None:
    for name in ("notes#shop", "notes#price", "notes#python-1"):
        assert list(by_id(verify(root, [name]))) == ["notes#shop"]
    for name in ("notes", "docs/notes.md", str(root / "docs/notes.md")):
        assert list(by_id(verify(root, [name]))) == ["notes#shop", "notes#pycon-1"]
    assert "notes#shop" in by_id(verify(root, ["flask"]))


def test_explain_tells_of_a_group(root: Path) -> None:
    verified(root)
    done = CliRunner().invoke(main, ["--root", str(root), "explain", "notes#shop"])
    assert done.exit_code == 0, done.output
    first, *rest = done.output.splitlines()
    assert first == (
        "notes#shop: docs/notes.md:3 (python), docs/notes.md:9 (pages/tea.html), "
        "docs/notes.md:13 (python), docs/notes.md:22 (output), docs/notes.md:26 (http)"
    )
    assert "  cached       yes, a pass is kept under this key" in rest


@pytest.mark.whole
def test_an_item_a_fence(root: Path) -> None:
    done = run(root, "--collect-only", "-q", "docs")
    assert done.stdout.splitlines()[:4] == [
        "docs/notes.md::notes#shop::python-1",
        "docs/notes.md::notes#shop::price",
        "docs/notes.md::notes#shop::http-1",
        "docs/notes.md::notes#pycon-1::pycon-1",
    ]
    write(root, PAGE.replace("price=3", "price=4").replace("1 + 1", "1 + 2"))
    done = run(root, "-q", "docs")
    assert (done.returncode, summary(done)) == (1, "2 failed, 2 passed")
    assert 'docs/notes.md:32: notes#shop: expected "<p>3</p>", got "<p>4</p>".' in done.stdout


def test_junit_tells_what_was_not_reached(root: Path) -> None:
    write(root, PAGE.replace("print(app", "raise LookupError(app"))
    done = verify(root, ["notes#shop"])
    xml = junit(done)
    assert 'name="price" file="docs/notes.md" line="19"' in xml
    assert '<skipped message="a fence before it did not hold"' in xml
    assert "::error file=docs/notes.md,line=19::" in workflow_commands(done.problems)[0]


def test_names_are_each_fences_own() -> None:
    text = "```python {.run}\n1\n```\n\n```python {#python-1 .run}\n2\n```\n"
    entries, found = account(scan("docs/a.md", text).fences, ())
    assert [entry.check for entry in entries] == ["python-2", "python-1"]
    assert not found


def test_whatever_compares_is_an_input(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`normalise.plain` asks `text.visible`: a change there changes what is compared."""

    def inputs() -> Mapping[str, str]:
        digests.engine_digest.cache_clear()
        group = collect(root).groups["notes#shop"]
        return fence_jobs.job(group, prepare.bare(), Limits(), {}).inputs

    copy = tmp_path / "engine"
    shutil.copytree(jobs.ENGINE, copy)
    monkeypatch.setattr(jobs, "ENGINE", copy)
    try:
        before = inputs()
        with (copy / "text.py").open("ab") as file:
            file.write(b"# changed\n")
        after = inputs()
        assert [name for name in after if after[name] != before.get(name)] == ["engine"]
    finally:
        digests.engine_digest.cache_clear()


HONEST = {"error": None, "steps": [{"raised": None, "threads": []}]}
DISHONEST = {
    "it was stopped": Reply(HONEST, "", 0, Stopped.TIME, 1.0),
    "it wrote too much": Reply(HONEST, "", 0, Stopped.OUTPUT, 1.0),
    "it crashed": Reply(HONEST, "", -11, None, 1.0),
    "it left no record": Reply(None, "", 0, None, 1.0),
    "it left nothing in it": Reply({}, "", 0, None, 1.0),
    "it tells of no step": Reply({"error": None, "steps": []}, "", 0, None, 1.0),
    "it tells nothing of its step": Reply({"error": None, "steps": [{}]}, "", 0, None, 1.0),
    "it tells nonsense": Reply({"error": None, "steps": [[7]]}, "", 0, None, 1.0),
    "its steps are none": Reply({"error": None, "steps": 7}, "", 0, None, 1.0),
    "it raised what has no name": Reply(
        {"error": None, "steps": [{"raised": {"names": [], "text": "x"}, "threads": []}]},
        *("", 0, None, 1.0),
    ),
    "it tells more than it can": Reply(
        {"error": None, "steps": [{"raised": None, "threads": [], "passed": True}]},
        *("", 0, None, 1.0),
    ),
    "it tells of an error": Reply({**HONEST, "error": {"message": "no"}}, "", 0, None, 1.0),
}


@pytest.mark.parametrize("name", DISHONEST)
def test_nothing_but_a_whole_record_of_an_orderly_end_is_a_pass(root: Path, name: str) -> None:
    write(root, "```python {#one .run}\npass\n```\n")
    group = collect(root).groups["notes#one"]
    job = fence_jobs.job(group, prepare.bare(), Limits(), {})
    good = replace(DISHONEST[name], record=HONEST, exit=0, stopped=None, mark="m")
    assert of_fences.result(job, good, ()).outcome is Outcome.PASSED
    bad = replace(DISHONEST[name], mark="m")
    result = of_fences.result(job, bad, ())
    assert result.outcome in (Outcome.ERRORED, Outcome.TIMED_OUT)
    assert list(problems_of(result))


@pytest.mark.parametrize("step", [-1, 0, 1, 99])
def test_a_step_that_there_is_not_is_the_fences_own(root: Path, step: int) -> None:
    write(root, "```python {#one .run}\npass\nraise\n```\n")
    job = fence_jobs.job(collect(root).groups["notes#one"], prepare.bare(), Limits(), {})
    raised = {"names": ["ValueError"], "text": "ValueError: x", "line": 2, "step": step}
    record = {"error": None, "steps": [{"raised": raised, "threads": []}]}
    result = of_fences.result(job, Reply(record, "", 0, None, 1.0, mark="m"), ())
    assert result.outcome is Outcome.FAILED
    assert result.checks[0].failure is not None
    assert result.checks[0].failure.location.line == 3


def test_code_that_failed_is_no_pass_whatever_else_it_left(root: Path) -> None:
    write(root, "```http {#one .run}\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n")
    job = fence_jobs.job(collect(root).groups["notes#one"], prepare.bare(), Limits(), {})
    sent = {"start": "GET / HTTP/1.1", "headers": [], "body": ""}
    came = {"start": "HTTP/1.1 200 OK", "headers": [], "body": ""}

    def result(start: str, broken: str | None) -> Result:
        exchange = {"request": sent, "response": {**came, "start": start}}
        record = {"error": None, "steps": [{"exchanges": [exchange], "broken": broken}]}
        return of_fences.result(job, Reply(record, "", 0, None, 1.0, mark="m"), ())

    assert result("HTTP/1.1 200 OK", None).outcome is Outcome.PASSED
    assert result("HTTP/1.1 200 OK", "it broke").outcome is Outcome.FAILED
    assert result("nonsense", None).outcome is Outcome.ERRORED


def test_fences_have_no_server(root: Path) -> None:
    with pytest.raises(
        ProblemError, match=r"docs/notes\.md:3: fences and probes are never run with --server"
    ):
        verify(root, ["notes#shop"], VerifyOptions(server=True))
    assert list(
        by_id(verify(root, ["greeting/flask", "notes#shop"], VerifyOptions(server=True)))
    ) == ["greeting/flask"]
