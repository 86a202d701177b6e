"""What the record of a collected tree knows of itself."""

from __future__ import annotations

from dataclasses import replace

from sample_jobs import CONTRACT, SNIPPET
from samples import evidence_of

from fieldguide.model import Cell, Contract, Kind, Location
from fieldguide.project.probes import Probing
from fieldguide.project.record import contract_of

PROJECT = replace(
    evidence_of(None).project, contracts={"routing": CONTRACT}, snippets={SNIPPET.id: SNIPPET}
)
CELL = Cell("routing/flask", Location("cell.toml"), Kind.BY_HAND, "why")


def test_the_contract_of_a_snippet() -> None:
    assert contract_of(PROJECT, SNIPPET) is CONTRACT
    assert contract_of(PROJECT, replace(SNIPPET, concept="other")) is None


def test_the_contract_of_a_probed_application_is_its_probes() -> None:
    probes = Contract("probes", (), "", Location("probes/probes.toml"))
    project = replace(PROJECT, probing=Probing((), probes, {}))
    assert contract_of(project, replace(SNIPPET, concept="probes")) is probes
    assert contract_of(project, SNIPPET) is CONTRACT


def test_every_cell_with_a_snippet_or_without() -> None:
    alone = replace(CELL, id="routing/bottle", kind=Kind.NOT_POSSIBLE)
    project = replace(
        PROJECT,
        snippets={SNIPPET.id: replace(SNIPPET, cell=CELL)},
        impossible={alone.id: alone},
    )
    assert project.cells == [CELL, alone]
    assert PROJECT.cells == []
