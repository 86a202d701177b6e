"""Who does the work of a snippet, derived from the distributions that it imports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..model import Cell, Distribution, Framework, Kind, Problem
from . import problems
from .installed import normalise

_ORDER = (Kind.CORE, Kind.OFFICIAL, Kind.THIRD_PARTY)
"""The kinds that imports can show, the nearest first."""


def needed(names: Iterable[str], distributions: Collection[Distribution]) -> frozenset[str]:
    """Distributions with all their dependencies, direct and indirect."""
    requires = {distribution.name: distribution.requires for distribution in distributions}
    closure: set[str] = set()
    waiting = [name for name in names if name in requires]
    while waiting:
        name = waiting.pop()
        if name not in closure:
            closure.add(name)
            waiting += [required for required in requires[name] if required in requires]
    return frozenset(closure)


def shown(
    framework: Framework, imported: Iterable[str], distributions: Collection[Distribution]
) -> frozenset[Kind]:
    """The kinds of the imported distributions; core is always among them.

    The dependencies of a framework and its production server are core. The dependencies of an
    official extension are part of the extension.
    """
    names = {distribution.name for distribution in distributions}.intersection(imported)
    core = needed(map(normalise, (framework.distribution, framework.server)), distributions)
    official = names.intersection(framework.official) - core
    third = names - core - needed(official, distributions)
    kinds = {Kind.CORE}
    kinds |= {Kind.OFFICIAL} if official else set()
    kinds |= {Kind.THIRD_PARTY} if third else set()
    return frozenset(kinds)


def derived(kinds: Collection[Kind]) -> Kind:
    """The kind of a snippet whose imports are of those kinds: the farthest of them."""
    return max(kinds, key=_ORDER.index)


def needless(cell: Cell, kinds: Collection[Kind]) -> Iterator[Problem]:
    """A declared kind that the imports show anyway, or that no import shows."""
    if cell.kind in _ORDER:
        if cell.kind == derived(kinds):
            yield problems.cell_redundant(cell.location, cell.id, cell.kind)
        elif cell.kind not in kinds:
            yield problems.cell_contradicts(cell.location, cell.id, cell.kind, derived(kinds))
