"""The record of a tree that has been collected: what all later stages read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..model import Cell, Contract, Entry, Framework, Group, Limits, Location, Problem, Snippet
from ..pages.directives import Mention
from . import probes
from .probes import Probing


@dataclass(frozen=True, slots=True)
class Project:
    """A tree, collected, without the parts of it that have a problem."""

    root: Path
    frameworks: Mapping[str, Framework]
    """By name, in the order of every page."""
    contracts: Mapping[str, Contract]
    """By concept."""
    snippets: Mapping[str, Snippet]
    """By id, concepts in order of their names, frameworks in theirs."""
    guides: Mapping[str, Location]
    """Where each concept's guide shows all of its snippets."""
    mentions: tuple[Mention, ...]
    """Every directive and include of every guide."""
    problems: tuple[Problem, ...]
    limits: Limits
    """What a snippet may use."""
    accounts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Every fence of every page, by the page's path, in its order."""
    groups: Mapping[str, Group] = field(default_factory=dict)
    """The fences that are run, by the ids of their groups."""
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """The pages that are too much to be read or rendered, by path, each with its problems."""
    impossible: Mapping[str, Cell] = field(default_factory=dict)
    """The cells that are declared as not possible, by the id that their snippet would have."""
    probing: Probing | None = None
    """The probes with the applications that are asked; None where the project has no probes."""

    @property
    def cells(self) -> list[Cell]:
        """Every ``cell.toml``: those in the folder of a snippet, then those in place of one."""
        declared = [snippet.cell for snippet in self.snippets.values() if snippet.cell]
        return [*declared, *self.impossible.values()]


def contract_of(project: Project, snippet: Snippet) -> Contract | None:
    """The contract that a snippet is checked against; a probed application's are the probes."""
    if snippet.concept == probes.FOLDER and project.probing is not None:
        return project.probing.contract
    return project.contracts.get(snippet.concept)
