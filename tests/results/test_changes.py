"""Answers that are not the accepted ones: a warning each, on the page that shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from probed import answered, probe
from samples import FLASK, evidence_of, result

from fieldguide.model import Contract, Location
from fieldguide.project.probes import PATH as PROBES
from fieldguide.project.probes import Probing
from fieldguide.project.record import Project
from fieldguide.results.answers.accepted import PATH, written
from fieldguide.results.answers.changes import PAGE, changes, of_results


def test_another_answer_than_the_accepted_one_is_a_warning() -> None:
    known = {"flask": {"3.0.0": {"head": "200"}}}
    (problem,) = changes([probe()], FLASK, answered(), known)
    assert problem.location == Location(PAGE)
    assert problem.severity == "warning"
    assert problem.message == "Flask 3.1.3: `HEAD`: 405, was 200 in 3.0.0"
    assert list(changes([probe()], FLASK, answered(200), known)) == []


def test_the_version_is_named_only_where_it_is_another() -> None:
    (problem,) = changes([probe()], FLASK, answered(), {"flask": {"3.1.3": {"head": "200"}}})
    assert problem.message == "Flask 3.1.3: `HEAD`: 405, was 200"


def test_a_first_answer_is_one_that_nobody_has_accepted() -> None:
    (problem,) = changes([probe()], FLASK, answered(), {})
    assert problem.message.endswith("which nobody has accepted yet")


def test_what_was_not_answered_is_no_change() -> None:
    assert list(changes([probe(name="form")], FLASK, answered(), {})) == []


def project(root: Path) -> Project:
    """A project with one snippet and one probed application, which are the same."""
    collected = replace(evidence_of(None).project, root=root)
    snippet = replace(collected.snippets["routing/flask"], id="probes/flask", concept="probes")
    contract = Contract("probes", (), "", Location(PROBES))
    return replace(collected, probing=Probing((probe(),), contract, {snippet.id: snippet}))


def test_only_results_of_probed_applications_have_answers(tmp_path: Path) -> None:
    (problem,) = of_results(project(tmp_path), [result(), answered()])
    assert problem.message.startswith("Flask 3.1.3: `HEAD`: 405")
    unprobed = replace(project(tmp_path), probing=None)
    assert list(of_results(unprobed, [answered()])) == []


def test_answers_that_cannot_be_read_are_one_problem_and_nothing_is_compared(
    tmp_path: Path,
) -> None:
    (tmp_path / PATH).parent.mkdir()
    (tmp_path / PATH).write_text("{", "utf-8")
    (problem,) = of_results(project(tmp_path), [answered()])
    assert problem.location == Location(PATH)
    (tmp_path / PATH).write_text(written({"flask": {"3.1.3": {"head": "405"}}}), "utf-8")
    assert list(of_results(project(tmp_path), [answered()])) == []
