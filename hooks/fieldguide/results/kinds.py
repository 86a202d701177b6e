"""Who does the work of a snippet: as declared, or as the imports in its result show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..environments import providers
from ..model import Environment, Kind, Problem, Result
from ..project.record import Project


def kind_of(
    project: Project, environments: Mapping[str, Environment], result: Result
) -> Kind | None:
    """The declared kind, or else that of the imports; None where neither is known."""
    snippet = project.snippets.get(result.id)
    declared = snippet.cell.kind if snippet and snippet.cell else None
    imported = _imported(project, environments, result)
    return declared or (providers.derived(imported) if imported else None)


def needless_kinds(
    project: Project, environments: Mapping[str, Environment], result: Result
) -> Iterator[Problem]:
    """A kind that is declared although the imports show it, or that they contradict."""
    snippet = project.snippets.get(result.id)
    imported = _imported(project, environments, result)
    if snippet is not None and snippet.cell is not None and imported:
        yield from providers.needless(snippet.cell, imported)


def _imported(
    project: Project, environments: Mapping[str, Environment], result: Result
) -> frozenset[Kind]:
    """The kinds of what a snippet imports; none where that is not known."""
    environment = environments.get(result.framework)
    if result.id not in project.snippets or environment is None or not result.versions:
        return frozenset()
    framework = project.frameworks[result.framework]
    return providers.shown(framework, result.versions, environment.distributions)
