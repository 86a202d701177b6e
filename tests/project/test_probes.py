"""The probes: how they are read, their answers in a few words, and what is said of a change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from miniature import miniature

from fieldguide.base import toml
from fieldguide.base.changes import write
from fieldguide.base.problems import Problems, line
from fieldguide.commands.bless import bless
from fieldguide.commands.verify import run
from fieldguide.environments import prepare
from fieldguide.environments.versions import version
from fieldguide.model import Exchange, Framework, Message, Outcome, Problem, Result, Standing
from fieldguide.project import probes
from fieldguide.project.collect import collect
from fieldguide.results import of_snippets
from fieldguide.results.answers import accepted as answers_accepted
from fieldguide.results.answers import given
from fieldguide.results.answers.acceptance import accepted
from fieldguide.running.fresh_interpreter import fresh
from fieldguide.running.jobs import job
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Mode, sandbox
from fieldguide.showing.compare import defaults
from fieldguide.showing.kept import of as kept_of

ROOT = Path(__file__).parents[2]
FLASK = Framework("flask", "Flask", "flask", "gunicorn", "https://flask.example/")
PROBES = """
[head]
group = "Methods"
asks = "`HEAD` on a route written for `GET`"
request = "HEAD /"
says = "Both are there: [RFC 9110](https://example.org/)."

[form]
group = "Input"
asks = "A form"
request = '''
POST /form
Content-Type: application/x-www-form-urlencoded

name=x
'''
fill = 3
shows = ["status", "body"]
says = "It arrives."
"""
APP = """
from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def index():
    return "hello"


@app.post("/form")
def form():
    return {"name": request.form["name"]}
"""
CHANGED = APP.replace('@app.get("/")', '@app.route("/", methods=["POST"])')


def made(root: Path, app: str = APP, text: str = PROBES) -> Path:
    """A project that has nothing but probes for one framework."""
    miniature(root, ["flask"], {})
    (root / "snippets").mkdir(exist_ok=True)
    (root / "docs/index.md").write_text("# Home\n", "utf-8")
    (root / "probes/flask").mkdir(parents=True)
    (root / "probes/probes.toml").write_text(text, "utf-8")
    (root / "probes/flask/app.py").write_text(app, "utf-8")
    return root


def asked(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """The answers of one verification, and what it found."""
    report = run.verify(root, ["probes"])
    probing = collect(root).probing
    assert probing is not None
    (result,) = report.results
    return given.given(probing.probes, result), list(report.problems)


def test_a_naive_application_is_asked(tmp_path: Path) -> None:
    said, found = asked(made(tmp_path / "project"))
    assert said == {"head": "200", "form": '200; {"name": "xxxx"}'}
    assert {one.severity for one in found} == {"warning"}
    assert "which nobody has accepted yet" in line(found[0])


def test_accepted_answers_are_no_news(tmp_path: Path) -> None:
    root = made(tmp_path / "project")
    found = bless(root, ["probes"])
    assert [change.path for change in found.changes] == [answers_accepted.PATH]
    write(root, found.changes)
    assert asked(root)[1] == []
    assert bless(root, ["probes"]).changes == ()


def test_a_changed_answer_is_named(tmp_path: Path) -> None:
    """As a new release would: the accepted answers are of an older one, and one is another now."""
    root = made(tmp_path / "project", CHANGED)
    known = {"flask": {"3.0.0": {"head": "200", "form": '200; {"name": "xxxx"}'}}}
    (root / answers_accepted.PATH).write_text(json.dumps(known), "utf-8")
    said, (found,) = asked(root)
    assert said["head"] == "405"
    flask = collect(root).frameworks["flask"]
    (result,) = run.verify(root, ["probes"]).results
    now = version(flask, result.versions)
    assert line(found) == (
        f"docs/compare/defaults.md: Flask {now}: `HEAD` on a route written for `GET`: 405, "
        "was 200 in 3.0.0. Next: look at the page, and accept it: fieldguide bless probes."
    )
    assert found.severity == "warning"
    write(root, bless(root, ["probes"]).changes)
    kept = json.loads((root / answers_accepted.PATH).read_text("utf-8"))
    assert list(kept["flask"]) == [now]
    assert asked(root)[1] == []


def test_the_page_shows_the_new_answer(tmp_path: Path) -> None:
    root = made(tmp_path / "project", CHANGED)
    asked(root)
    known = kept_of(root).evidence()
    assert known.project.probing is not None
    (column,) = defaults.columns(known)
    html = defaults.table(known.project.probing.probes, [column])
    assert "<b>405</b>" in html
    assert 'popovertarget="answer-head-flask"' in html
    (root / "probes/flask/app.py").write_text(APP, "utf-8")
    (column,) = defaults.columns(kept_of(root).evidence())
    assert column.standing is Standing.STALE
    assert "<b>405</b>" not in defaults.table(known.project.probing.probes, [column])


MKDOCS = """
site_name: Miniature
theme: {name: mkdocs, locale: en}
plugins: []
hooks: [hooks/mkdocs_hook.py]
markdown_extensions: [attr_list, def_list, fieldguide]
"""
PAGE = "# Defaults\n\n::: defaults\n\n## Questions\n\n::: probes\n\n::: probed\n"


@pytest.mark.whole
def test_the_log_of_a_build_names_a_changed_answer(tmp_path: Path) -> None:
    """And the build goes on, a strict one too, and shows the new answer."""
    root = made(tmp_path / "project", CHANGED)
    known = {"flask": {"3.0.0": {"head": "200", "form": '200; {"name": "xxxx"}'}}}
    (root / answers_accepted.PATH).write_text(json.dumps(known), "utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    (root / "hooks").mkdir()
    shutil.copy(ROOT / "hooks/mkdocs_hook.py", root / "hooks")
    (root / "docs/compare").mkdir()
    (root / "docs/compare/defaults.md").write_text(PAGE, "utf-8")
    done = built(root)
    assert done.returncode == 0, done.stderr
    (named,) = [one for one in done.stderr.splitlines() if one.startswith("docs/compare")]
    assert "`HEAD` on a route written for `GET`: 405, was 200 in 3.0.0" in named
    html = (root / "site/compare/defaults/index.html").read_text("utf-8")
    assert "<b>405</b>" in html
    assert '<dt id="asks-head">' in html
    assert '<a href="https://example.org/">RFC 9110</a>' in html
    assert '<details class="fg-probed"><summary>Flask</summary>' in html
    (root / "mkdocs.yml").write_text(MKDOCS.replace(", fieldguide", ""), "utf-8")
    done = built(root)
    assert done.returncode == 1
    assert "docs/compare/defaults.md:3: compare/defaults/index.html was built without proof" in (
        done.stderr
    )


def built(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=900,  # only a backstop, on a busy machine too
    )


def test_versions_that_a_lock_names_stay_known() -> None:
    """Another Python may have another version; neither run forgets what the other accepted."""
    known = {"flask": {"2.0": {"a": "1"}, "3.0": {"a": "2"}, "3.1": {"a": "3"}}}
    lock = {"flask": "flask==3.0 ; python_version < '3.12'\nflask==3.2 \\\n"}
    result = result_of("3.2", {})
    text = accepted([FLASK], [], {"probes/flask": result}, known, lock)
    assert list(json.loads(text)["flask"]) == ["3.0"]
    text = accepted([FLASK], [], {}, known, lock)
    assert json.loads(text) == known


@pytest.mark.parametrize(
    ("now", "nearest"), [("3.1", "3.1"), ("3.2", "3.1"), ("3.0.9", "3.0"), ("1.0", "3.0")]
)
def test_an_answer_is_compared_with_the_nearest_version(now: str, nearest: str) -> None:
    assert answers_accepted.nearest(["3.1", "3.0"], now) == nearest


def result_of(number: str, exchanges: dict[str, Exchange]) -> Result:
    from samples import check

    checks = tuple(check(name, exchanges=(one,)) for name, one in exchanges.items())
    where = replace(check().check.location, path="probes/flask/app.py")
    return Result(
        "probes/flask",
        "probes",
        "flask",
        where,
        "",
        Outcome.PASSED,
        checks=checks,
        versions={"flask": number},
    )


def response(start: str, body: str = "", **fields: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return Exchange(Message("GET / HTTP/1.1", (), ""), Message(start, pairs, body, size=len(body)))


@pytest.mark.parametrize(
    ("shows", "exchange", "said"),
    [
        (["status"], response("HTTP/1.1 405 X"), "405"),
        (["header Allow"], response("HTTP/1.1 405 X", Allow="POST,GET"), "Allow: GET, POST"),
        (["header Allow"], response("HTTP/1.1 405 X"), "no Allow"),
        (["header Location"], response("HTTP/1.1 302 X", Location="/a"), "Location: /a"),
        (["type"], response("HTTP/1.1 200 X", Content_Type="Text/HTML; charset=x"), "text/html"),
        (["type"], response("HTTP/1.1 200 X"), "none"),
        (["status", "body"], response("HTTP/1.1 200 X", '{"a":"\\u00eb"}'), '200; {"a": "ë"}'),
        (["status", "body"], response("HTTP/1.1 404 X", "away"), "404"),
        (["body"], response("HTTP/1.1 200 X"), "empty body"),
        (["body"], response("HTTP/1.1 200 X", "x" * 99), "x" * 60 + "..."),
        (["cookie"], response("HTTP/1.1 200 X", Set_Cookie="a=b"), "no attributes"),
        (
            ["cookie"],
            response("HTTP/1.1 200 X", Set_Cookie="a=b; secure; path=/; httponly"),
            "HttpOnly, Path=/, Secure",
        ),
        (
            ["fields"],
            response("HTTP/1.1 200 X", Date="x", Etag="y", Server="z", Content_Type="a"),
            "Etag",
        ),
        (["has x | yes | no"], response("HTTP/1.1 200 X", "axb"), "yes"),
        (["has x | yes | no"], response("HTTP/1.1 200 X", "ab"), "no"),
    ],
)
def test_an_answer_in_a_few_words(shows: list[str], exchange: Exchange, said: str) -> None:
    (probe,) = read_probes({"shows": shows})
    assert given.answer(probe, exchange) == said


def read_probes(more: dict[str, object]) -> tuple[probes.Probe, ...]:
    table = {"group": "A", "asks": "B", "request": "GET /", "says": "C", **more}
    collector = Problems()
    probe = probes._probe(collector, toml.Document("f.toml", {"name": table}, ""), "name", table)
    assert probe is not None
    assert not collector
    return (probe,)


def test_an_answer_that_stands_alone_is_marked() -> None:
    (probe,) = read_probes({})
    columns = [
        defaults.column(
            replace(FLASK, name=name, title=name),
            Standing.PASSED,
            result_of("1.0", {probe.name: response(f"HTTP/1.1 {status} X")}),
            [probe],
        )
        for name, status in (("a", "200"), ("b", "405"), ("c", "200"))
    ]
    html = defaults.table((probe,), columns)
    assert html.count("fg-answer--differs") == 1
    assert html.count("differs: ") == 1
    assert '<b><span class="fg-answer__mark">differs: </span>405</b>' in html
    assert "differs" not in defaults.table((probe,), columns[:2])  # no majority, no mark


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[head]\ngroup = 'a'", "the asks of the probe head must be a string that is not empty"),
        (PROBES.replace("HEAD /", "HEAD"), "the request of the probe head cannot be read"),
        (
            PROBES.replace("fill = 3", "fill = -3"),
            "the fill of the probe form must be a number of bytes",
        ),
        (
            PROBES.replace('"status", "body"', '"staus"'),
            "must be a list of these: status, body",
        ),
        (PROBES.replace("fill", "filled"), 'unknown key "filled" (did you mean "fill"?)'),
        ("[head", "this is not TOML"),
    ],
)
def test_a_wrong_probe_is_told_at_its_line(tmp_path: Path, text: str, words: str) -> None:
    found = collect(made(tmp_path / "project", text=text)).problems
    assert any(words in line(one) for one in found)
    for one in found:
        if words in line(one):
            assert one.location.path == probes.PATH
            assert one.location.line is not None
            assert one.next


def test_probes_without_questions_and_unknown_frameworks_are_told(tmp_path: Path) -> None:
    root = made(tmp_path / "project")
    (root / probes.PATH).unlink()
    (root / "probes/rails").mkdir()
    told = "\n".join(line(problem) for problem in collect(root).problems)
    assert "probes/probes.toml: there are applications to probe, and no probes" in told
    assert 'probes/rails: unknown framework "rails"' in told


def test_damaged_answers_are_told(tmp_path: Path) -> None:
    root = made(tmp_path / "project")
    for text in ("{", "[]", '{"flask": {"3": "x"}}'):
        (root / answers_accepted.PATH).write_text(text, "utf-8")
        _, (found,) = asked(root)
        assert line(found).startswith("probes/answers.json: the answers that were accepted cannot")


def test_a_project_without_probes_has_none(tmp_path: Path) -> None:
    root = made(tmp_path / "project")
    shutil.rmtree(root / "probes")
    assert collect(root).probing is None


def test_every_framework_is_asked_and_every_answer_is_known() -> None:
    """The real ones: nothing was changed without being accepted."""
    project = collect(ROOT)
    assert project.probing is not None
    assert [snippet.framework for snippet in project.probing.snippets.values()] == list(
        project.frameworks
    )
    collector = Problems()
    known = answers_accepted.read(collector, ROOT)
    assert list(collector) == []
    names = [probe.name for probe in project.probing.probes]
    for versions in known.values():
        for said in versions.values():
            assert list(said) == names


@pytest.mark.whole
@pytest.mark.parametrize("framework", ["django", "bottle", "falcon", "tornado"])
def test_production_servers_pass_the_answers_on(framework: str, tmp_path: Path, real: Path) -> None:
    """The page shows what a framework says, not the driver: one of each server says the same."""
    project = collect(real)
    assert project.probing is not None
    (result,) = run.verify(real, [f"probes/{framework}"]).results
    snippet = project.probing.snippets[result.id]
    environment = prepare.prepare(real, framework)
    server = project.frameworks[framework].server
    served = job(snippet, project.probing.contract, environment, project.limits, server)
    box = sandbox(Mode.AUTO, True)
    there = of_snippets.result(served, fresh(served, tmp_path, Workers(box)), box.layers)
    asked = project.probing.probes
    assert given.given(asked, there) == given.given(asked, result)
