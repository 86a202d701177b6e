"""What a run is going to do: jobs to run, and results that are known without running."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from passes import ENVIRONMENT, passed, put
from reading_lists import BASE

from fieldguide.base.problems import Problems
from fieldguide.commands.selection import select
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.plan import Plan, plan
from fieldguide.commands.verify.prepared import Prepared
from fieldguide.model import (
    Cell,
    Distribution,
    FenceJob,
    Job,
    Location,
    Outcome,
    Problem,
    SnippetJob,
)
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.results.cache import Cache
from fieldguide.results.kept_passes import KeptPasses
from fieldguide.running.sandbox import Machine, Mode

SERVER = Distribution("gunicorn", "27.0.1", ("gunicorn",), True)
FLASK = replace(ENVIRONMENT, distributions=(SERVER,))
PREPARED = Prepared(
    {"flask": FLASK, "bottle": replace(ENVIRONMENT, name="bottle")},
    {"python": Problem(Location("nowhere"), "there is none", "make it")},
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The base project, and a page with a fence for Flask and one for a bare Python."""
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    fences = (
        '```python {#one .run data-env="flask"}\npass\n```\n',
        "```python {#two .run}\npass\n```\n",
        '```http {#three .run data-app="greeting/flask"}\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n',
    )
    (root / "docs/notes.md").write_text("\n".join(fences), "utf-8")
    return collect(root)


def planned(project: Project, *names: str, **options: object) -> Plan:
    chosen = VerifyOptions(mode=Mode.OFF, **options)  # type: ignore[arg-type]
    kept = KeptPasses(Cache(project.root), Machine(Mode.OFF, True))
    collector = Problems()
    whole = plan(collector, project, select(collector, project, names), PREPARED, kept, chosen)
    assert list(collector) == []
    return whole


def ids(jobs: tuple[Job, ...]) -> list[str]:
    return [job.id for job in jobs]


def test_everything_that_has_an_environment_is_a_job(project: Project) -> None:
    whole = planned(project)
    assert ids(whole.jobs) == ["greeting/flask", "greeting/bottle", "notes#one", "notes#three"]
    assert [isinstance(job, FenceJob) for job in whole.jobs] == [False, False, True, True]
    assert list(whole.results) == ["notes#two"]
    assert whole.results["notes#two"].reason == "no environment: there is none"


def test_what_the_environment_does_not_hold_is_skipped(project: Project) -> None:
    at = Location("snippets/greeting/flask/cell.toml", 1)
    snippet = project.snippets["greeting/flask"]
    needy = replace(snippet, cell=Cell(snippet.id, at, requires="gunicorn>=99"))
    changed = replace(project, snippets={**project.snippets, needy.id: needy})
    whole = planned(changed, "greeting/flask", "notes#three")
    assert whole.jobs == ()
    assert {result.outcome for result in whole.results.values()} == {Outcome.SKIPPED}
    assert whole.results["notes#three"].reason.startswith("greeting/flask is skipped: ")


def test_a_kept_pass_is_the_result(project: Project) -> None:
    (job,) = planned(project, "greeting/flask").jobs
    assert isinstance(job, SnippetJob)
    layers = KeptPasses(Cache(project.root), Machine(Mode.OFF, True)).sandbox.layers
    put(Cache(project.root), passed(job, layers=layers))
    again = planned(project, "greeting/flask")
    assert (again.jobs, list(again.results)) == ((), ["greeting/flask"])
    assert again.results["greeting/flask"].cached
    assert ids(planned(project, "greeting/flask", use_cache=False).jobs) == ["greeting/flask"]


def test_a_pass_under_the_production_server_is_named(project: Project) -> None:
    (served,) = planned(project, "greeting/flask", server=True).jobs
    assert isinstance(served, SnippetJob)
    assert served.server == "gunicorn"
    layers = KeptPasses(Cache(project.root), Machine(Mode.OFF, True)).sandbox.layers
    put(Cache(project.root), passed(served, layers=layers))
    assert planned(project, "greeting/flask").served == {"greeting/flask": "gunicorn 27.0.1"}
