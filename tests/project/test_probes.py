"""The probes as they are read: requests, and the applications that are asked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from probed import PROBES, lay_out

from fieldguide.base import toml
from fieldguide.base.problems import Problems, line
from fieldguide.project import probes
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.results.answers import accepted as answers_accepted

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[head]\ngroup = 'a'", "asks of the probe head must be a string that is not empty"),
        (PROBES.replace("HEAD /", "HEAD"), "the request of the probe head cannot be read"),
        (
            PROBES.replace("fill = 3", "fill = -3"),
            "fill of the probe form must be a number of bytes",
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
    problems = collect(lay_out(tmp_path / "project", text=text)).problems
    meant = [problem for problem in problems if words in line(problem)]
    assert meant
    for problem in meant:
        assert problem.location.path == probes.PATH
        assert problem.location.line is not None
        assert problem.next


def test_probes_without_questions_and_unknown_frameworks_are_told(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    (root / probes.PATH).unlink()
    (root / "probes/rails").mkdir()
    lines = "\n".join(line(problem) for problem in collect(root).problems)
    assert "probes/probes.toml: there are applications to probe, and no probes" in lines
    assert 'probes/rails: unknown framework "rails"' in lines


def test_a_project_without_probes_has_none(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "project")
    shutil.rmtree(root / "probes")
    assert collect(root).probing is None


def test_every_framework_is_asked_and_every_answer_is_known(collected: Project) -> None:
    """The real ones: nothing was changed without being accepted."""
    assert collected.probing is not None
    assert [snippet.framework for snippet in collected.probing.snippets.values()] == list(
        collected.frameworks
    )
    collector = Problems()
    known = answers_accepted.read(collector, ROOT)
    assert list(collector) == []
    names = [probe.name for probe in collected.probing.probes]
    for versions in known.values():
        for said in versions.values():
            assert list(said) == names


def read(text: str) -> tuple[probes.Probe, ...]:
    """The probes of a file that has no problem."""
    collector = Problems()
    document = toml.parse(collector, text.encode(), probes.PATH)
    assert document is not None
    read = [probes._probe(collector, document, name, t) for name, t in document.data.items()]
    assert list(collector) == []
    return tuple(probe for probe in read if probe is not None)


def test_a_request_in_its_parts() -> None:
    head, form = read(PROBES)
    assert (head.start, head.headers, head.body, head.shows) == ("HEAD /", (), "", ("status",))
    assert (form.start, form.body, form.fill) == ("POST /form", "name=x", 3)
    assert form.headers == (("Content-Type", "application/x-www-form-urlencoded"),)


def test_the_probes_as_a_contract() -> None:
    """Each sends its request, and asserts nothing."""
    contract = probes.contract(read(PROBES))
    assert [(check.name, check.claim) for check in contract.checks] == [
        ("head", "`HEAD` on a route written for `GET`"),
        ("form", "A form"),
    ]
    asked: list[tuple[object, ...]] = []

    class Client:
        def request(self, method: str, target: str, **more: object) -> None:
            asked.append((method, target, more))

    space: dict[str, Any] = {}
    exec(contract.source, space)
    for check in contract.checks:
        space[check.name](Client())
    form = {"headers": (("Content-Type", "application/x-www-form-urlencoded"),)}
    assert asked == [
        ("HEAD", "/", {"headers": ()}),
        ("POST", "/form", {**form, "body": b"name=xxxx"}),
    ]


def test_probes_by_their_headings() -> None:
    head, form = read(PROBES)
    again = replace(form, group="Methods")
    grouped = list(probes.grouped((head, form, again)))
    assert grouped == [("Methods", [head, again]), ("Input", [form])]
