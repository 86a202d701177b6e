"""A verification as other programs start it: what it tells on the way, and what it leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli import BOTTLE, FLASK, overlay

from fieldguide.base.problems import ProblemError, line
from fieldguide.commands.progress.protocol import Progress
from fieldguide.commands.selection import Shard
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Job, Location, Lost, Outcome, Reply, Result
from fieldguide.results.last_run import REPORT
from fieldguide.running import problems
from fieldguide.running.pool import Pool
from fieldguide.running.sandbox import Machine, Mode


class Hearing(Progress):
    """Keeps what a run tells while it goes on, and the jobs that ran."""

    def __init__(self) -> None:
        self.started: list[tuple[int, int]] = []
        self.results: list[Result] = []
        self.jobs: list[tuple[Job, Reply | Lost]] = []

    def start(self, snippets: int, groups: int) -> None:
        self.started.append((snippets, groups))

    def done(self, result: Result) -> None:
        self.results.append(result)

    def reply(self, job: Job, reply: Reply | Lost) -> None:
        self.jobs.append((job, reply))


def kept(root: Path) -> list[str]:
    """The ids of the results that rendering reads."""
    return [result["id"] for result in json.loads((root / REPORT).read_text("utf-8"))["results"]]


def test_what_was_kept_is_left_for_rendering_and_nothing_starts(
    passed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pool, "run", None)
    hearing = Hearing()
    report = verify(passed, progress=hearing, on_reply=hearing.reply)
    assert [(result.id, result.cached) for result in report.results] == [
        (FLASK, True),
        (BOTTLE, True),
    ]
    assert (hearing.started, hearing.results, hearing.jobs) == ([], [], [])
    assert kept(passed) == [FLASK, BOTTLE]


def test_what_runs_is_told_as_it_ends(passed: Path) -> None:
    hearing = Hearing()
    options = VerifyOptions(use_cache=False, jobs=1)
    report = verify(passed, [BOTTLE], options, progress=hearing, on_reply=hearing.reply)
    assert hearing.started == [(1, 0)]
    ((job, reply),) = hearing.jobs
    assert job.id == BOTTLE
    assert isinstance(reply, Reply)
    (result,) = hearing.results
    assert (result.id, result.outcome, result.cached) == (BOTTLE, Outcome.PASSED, False)
    assert [replace(each, kind=None) for each in report.results] == [result]
    assert [environment.name for environment in report.environments] == ["bottle"]


def test_a_selection_that_names_nothing_stops_it(passed: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        verify(passed, ["greeting/flsk"])
    (problem,) = caught.value.problems
    assert problem.location.path == "greeting/flsk"
    assert not (passed / REPORT).exists()


def test_a_folder_without_a_project_stops_it(tmp_path: Path) -> None:
    with pytest.raises(ProblemError):
        verify(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_sandbox_that_is_demanded_is_asked_for_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it is seen that there is not even a project."""
    problem = problems.no_bubblewrap(Location("--sandbox"))

    def refused(machine: Machine) -> None:
        raise ProblemError(problem)

    monkeypatch.setattr(Machine, "sandbox", property(refused))
    with pytest.raises(ProblemError) as caught:
        verify(tmp_path, options=VerifyOptions(mode=Mode.STRICT))
    assert caught.value.problems == (problem,)


def test_a_shard_is_a_part(passed: Path) -> None:
    """And what the other part found before stays for rendering."""
    parts = [verify(passed, options=VerifyOptions(shard=Shard(n, 2))).results for n in (1, 2)]
    assert sorted(result.id for part in parts for result in part) == sorted([FLASK, BOTTLE])
    assert kept(passed) == [FLASK, BOTTLE]


def test_an_environment_that_cannot_be_made_is_told_once(project: Path) -> None:
    (project / "environments/flask.txt").unlink()
    report = verify(project, [FLASK])
    (result,) = report.results
    assert result.outcome is Outcome.ERRORED
    assert [problem.location.path for problem in report.problems] == ["environments/flask.txt"]


def test_a_failure_is_told_at_its_place(passed: Path) -> None:
    overlay(passed, "snippet-answers-wrongly")
    report = verify(passed, [FLASK])
    (problem,) = report.problems
    assert line(problem).startswith("snippets/greeting/flask/app.py:7: greeting/flask: ")
