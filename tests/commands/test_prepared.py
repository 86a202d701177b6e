"""The environments of a run: those that it needs, and why one cannot be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from passes import ENVIRONMENT
from sample_groups import group_of
from sample_groups import python as fence
from samples import evidence_of

from fieldguide.base.problems import ProblemError, Problems
from fieldguide.commands.progress.protocol import Progress
from fieldguide.commands.selection import Selection
from fieldguide.commands.verify import prepared
from fieldguide.commands.verify.prepared import Prepared
from fieldguide.environments import problems
from fieldguide.model import Environment, Framework
from fieldguide.project.record import Project

MISSING = problems.lock_missing("bottle")


class Hearing(Progress):
    """Keeps what a run waits for."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def hearing(monkeypatch: pytest.MonkeyPatch) -> Hearing:
    """Environments are not made but named; of Bottle there is no lock."""

    def named(root: Path, name: str, say: Callable[[str], None], *, checked: bool) -> Environment:
        if name == "bottle":
            raise ProblemError(MISSING)
        say(f"making the environment {name}")
        return replace(ENVIRONMENT, name=name)

    monkeypatch.setattr(prepared, "named", named)
    return Hearing()


@pytest.fixture
def project() -> Project:
    """A project with three frameworks."""
    frameworks = {
        name: Framework(name, name.title(), name, "waitress", "https://example.org/")
        for name in ("django", "flask", "bottle")
    }
    return replace(evidence_of(None).project, frameworks=frameworks)


def prepare(project: Project, selection: Selection, hearing: Hearing) -> Prepared:
    """The environments; every problem is that of one that cannot be made."""
    collector = Problems()
    made = prepared.prepare(collector, project, selection, hearing)
    assert list(collector) == list(made.refused.values())
    return made


def test_only_what_is_selected_needs_an_environment(project: Project, hearing: Hearing) -> None:
    assert prepare(project, Selection((), ()), hearing) == Prepared({}, {})
    snippet = project.snippets["routing/flask"]
    made = prepare(project, Selection((snippet, snippet), ()), hearing)
    assert (list(made.environments), made.refused) == (["flask"], {})
    assert hearing.said == ["making the environment flask"]


def test_snippets_fences_and_probes_need_theirs_in_the_order_of_frameworks(
    project: Project, hearing: Hearing
) -> None:
    snippet = project.snippets["routing/flask"]
    probed = replace(snippet, id="probes/django", framework="django")
    bare = group_of(fence("pass"), env="python")
    made = prepare(project, Selection((snippet,), (bare,), (probed,)), hearing)
    assert list(made.environments) == ["django", "flask", "python"]


def test_what_cannot_be_made_stops_no_other(project: Project, hearing: Hearing) -> None:
    snippet = project.snippets["routing/flask"]
    other = group_of(fence("pass"), env="bottle")
    made = prepare(project, Selection((snippet,), (other,)), hearing)
    assert list(made.environments) == ["flask"]
    assert made.refused == {"bottle": MISSING}
