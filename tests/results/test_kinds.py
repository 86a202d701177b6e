"""Who does the work: as declared, or as the imports in a result show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from passes import CONTRACT, ENVIRONMENT, SNIPPET
from samples import FLASK, result

from fieldguide.model import Cell, Distribution, Environment, Kind, Limits, Location, Result
from fieldguide.project.record import Project
from fieldguide.results.kinds import kind_of, needless_kinds

PLACE = Location("snippets/routing/flask/cell.toml", 1)
ENVIRONMENTS = {
    "flask": replace(
        ENVIRONMENT,
        distributions=(
            Distribution("flask", "3.1.3", ("flask",), True),
            Distribution("wtforms", "3.2.1", ("wtforms",), True),
        ),
    )
}
CORE = result(versions={"python": "3.13.0", "flask": "3.1.3"})
FORMS = result(versions={"python": "3.13.0", "flask": "3.1.3", "wtforms": "3.2.1"})


def project(kind: Kind | None = None) -> Project:
    cell = Cell(SNIPPET.id, PLACE, kind, "why" if kind else "")
    return Project(
        root=Path("nowhere"),
        frameworks={"flask": FLASK},
        contracts={"routing": CONTRACT},
        snippets={SNIPPET.id: replace(SNIPPET, cell=cell)},
        guides={},
        mentions=(),
        problems=(),
        limits=Limits(),
    )


@pytest.mark.parametrize(
    ("given", "environments", "kind"),
    [
        (CORE, ENVIRONMENTS, Kind.CORE),
        (FORMS, ENVIRONMENTS, Kind.THIRD_PARTY),
        (FORMS, {}, None),
        (replace(FORMS, versions={}), ENVIRONMENTS, None),
        (replace(FORMS, id="routing/other"), ENVIRONMENTS, None),
    ],
)
def test_the_imports_show_it(
    given: Result, environments: dict[str, Environment], kind: Kind | None
) -> None:
    assert kind_of(project(), environments, given) is kind


def test_a_declaration_comes_first() -> None:
    assert kind_of(project(Kind.BY_HAND), ENVIRONMENTS, FORMS) is Kind.BY_HAND
    assert list(needless_kinds(project(Kind.BY_HAND), ENVIRONMENTS, FORMS)) == []


@pytest.mark.parametrize("kind", [Kind.THIRD_PARTY, Kind.OFFICIAL])
def test_a_declaration_that_the_imports_show_or_contradict_is_a_problem(kind: Kind) -> None:
    (problem,) = needless_kinds(project(kind), ENVIRONMENTS, FORMS)
    assert problem.location == PLACE
    assert list(needless_kinds(project(kind), {}, FORMS)) == []
