"""Who does the work of a snippet, told from the distributions that it imports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..model import Cell, Distribution, Framework, Kind, Problem
from . import problems
from .installed import normalise

_ORDER = (Kind.CORE, Kind.OFFICIAL, Kind.THIRD_PARTY)
"""The kinds that imports show, the nearest first."""


def needed(names: Iterable[str], distributions: Collection[Distribution]) -> frozenset[str]:
    """Distributions with all that they need, and what that needs."""
    requires = {distribution.name: distribution.requires for distribution in distributions}
    found: set[str] = set()
    waiting = [name for name in names if name in requires]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [one for one in requires[name] if one in requires]
    return frozenset(found)


def shown(
    framework: Framework, imported: Iterable[str], distributions: Collection[Distribution]
) -> frozenset[Kind]:
    """The kinds of what is imported: always core, and what stands beside it.

    What a framework depends on is part of it, and so is its production server. What an official
    extension depends on is part of the extension.
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
    """The kind of a snippet whose imports are of those kinds: the one that is farthest off."""
    return max(kinds, key=_ORDER.index)


def needless(cell: Cell, kinds: Collection[Kind]) -> Iterator[Problem]:
    """A declared kind that the imports show anyway, or that nothing imported can be."""
    if cell.kind in _ORDER:
        if cell.kind == derived(kinds):
            yield problems.cell_redundant(cell.location, cell.id, cell.kind)
        elif cell.kind not in kinds:
            yield problems.cell_contradicts(cell.location, cell.id, cell.kind, derived(kinds))
