"""Probes as the verbs meet them: asked, compared with what was accepted, blessed, shown."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from probed import APP, lay_out

from fieldguide.base.problems import line
from fieldguide.base.writing.changes import write
from fieldguide.commands.bless import bless
from fieldguide.commands.verify import run
from fieldguide.environments import prepare
from fieldguide.environments.versions import version
from fieldguide.model import Problem, Standing
from fieldguide.project.collect import collect
from fieldguide.results import of_snippets
from fieldguide.results.answers import accepted as answers_accepted
from fieldguide.results.answers import given
from fieldguide.running.fresh_interpreter import fresh
from fieldguide.running.jobs import job
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Mode, sandbox
from fieldguide.showing.compare import defaults
from fieldguide.showing.kept import of as kept_of

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[2]

CHANGED = APP.replace('@app.get("/")', '@app.route("/", methods=["POST"])')


def asked(root: Path) -> tuple[dict[str, str], list[Problem]]:
    """The answers of one verification, and what it found."""
    report = run.verify(root, ["probes"])
    probing = collect(root).probing
    assert probing is not None
    (result,) = report.results
    return given.answers_of(probing.probes, result), list(report.problems)


def test_a_naive_application_is_asked(tmp_path: Path) -> None:
    answers, problems = asked(lay_out(tmp_path / "project"))
    assert answers == {"head": "200", "form": '200; {"name": "xxxx"}'}
    assert {problem.severity for problem in problems} == {"warning"}
    assert "which nobody has accepted yet" in line(problems[0])


def test_accepted_answers_are_no_news(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    blessing = bless(root, ["probes"])
    assert [change.path for change in blessing.changes] == [answers_accepted.PATH]
    write(root, blessing.changes)
    assert asked(root)[1] == []
    assert bless(root, ["probes"]).changes == ()


def test_an_application_that_could_not_be_asked_is_no_news_either_but_a_problem(
    tmp_path: Path,
) -> None:
    """Nothing came: that is nothing to call as expected."""
    blessing = bless(lay_out(tmp_path / "project", f"raise SystemExit\n{APP}"), ["probes"])
    assert blessing.changes == ()
    assert ["it exits" in line(problem) for problem in blessing.refused] == [True]


def test_a_changed_answer_is_named(tmp_path: Path) -> None:
    """As a new release would: the accepted answers are of an older one, and one is another now."""
    root = lay_out(tmp_path / "project", CHANGED)
    known = {"flask": {"3.0.0": {"head": "200", "form": '200; {"name": "xxxx"}'}}}
    (root / answers_accepted.PATH).write_text(json.dumps(known), "utf-8")
    answers, (problem,) = asked(root)
    assert answers["head"] == "405"
    flask = collect(root).frameworks["flask"]
    (result,) = run.verify(root, ["probes"]).results
    now = version(flask, result.versions)
    assert line(problem) == (
        f"docs/compare/defaults.md: warning: Flask {now}: `HEAD` on a route written for `GET`: "
        "405, was 200 in 3.0.0. Next: look at the page, and accept it: fieldguide bless probes."
    )
    assert problem.severity == "warning"
    write(root, bless(root, ["probes"]).changes)
    kept = json.loads((root / answers_accepted.PATH).read_text("utf-8"))
    assert list(kept["flask"]) == [now]
    assert asked(root)[1] == []


def test_the_page_shows_the_new_answer(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project", CHANGED)
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


def test_the_log_of_a_build_names_a_changed_answer(tmp_path: Path) -> None:
    """And the build goes on, a strict one too, and shows the new answer."""
    root = lay_out(tmp_path / "project", CHANGED)
    known = {"flask": {"3.0.0": {"head": "200", "form": '200; {"name": "xxxx"}'}}}
    (root / answers_accepted.PATH).write_text(json.dumps(known), "utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    (root / "hooks").mkdir()
    shutil.copy(ROOT / "hooks/mkdocs_hook.py", root / "hooks")
    (root / "docs/compare").mkdir()
    (root / "docs/compare/defaults.md").write_text(PAGE, "utf-8")
    done = built(root)
    assert done.returncode == 0, done.stderr
    (named,) = [text for text in done.stderr.splitlines() if text.startswith("docs/compare")]
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


def test_damaged_answers_are_told(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    for text in ("{", "[]", '{"flask": {"3": "x"}}'):
        (root / answers_accepted.PATH).write_text(text, "utf-8")
        _, (problem,) = asked(root)
        assert line(problem).startswith(
            "probes/answers.json: the answers that were accepted cannot"
        )


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
    assert given.answers_of(asked, there) == given.answers_of(asked, result)
