"""The reading lists of a project with all of their problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..environments import pins
from ..model import Problem
from ..pages.titles import of_concept
from ..project.record import Project
from . import catalogue, rules
from .model import Catalogue


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue of a site, and every problem of it."""

    catalogue: Catalogue
    problems: tuple[Problem, ...]


def read(project: Project, *, today: date | None = None) -> Shelf:
    """The reading lists of a project, held against every rule that needs no network."""
    concepts = titles(project)
    # That no guide shows it yet is the concept's own problem, and none of the lists that name it.
    known = {**{concept: concept for concept in project.contracts}, **concepts}
    lists = catalogue.read(project.root, project.frameworks, known)
    if not lists.resources and not lists.problems:
        return Shelf(lists, ())
    broken = rules.check(
        project.root,
        lists,
        site={"frameworks": project.frameworks, "concepts": concepts, "guides": known},
        docs={name: framework.docs for name, framework in project.frameworks.items()},
        versions=_versions(project),
        year=(today or date.today()).year,
    )
    return Shelf(lists, (*lists.problems, *broken))


def titles(project: Project) -> dict[str, str]:
    """How pages write the name of each concept: its guide's title."""
    return {
        concept: of_concept(project.root, guide, concept)
        for concept, guide in project.guides.items()
    }


def _versions(project: Project) -> dict[str, str]:
    """The newest version of each framework that its lock pins; nothing where there is no lock."""
    newest = {}
    for name, framework in project.frameworks.items():
        lock = project.root / "environments" / f"{name}.txt"
        if lock.is_file():
            versions = pins.versions(lock.read_text("utf-8"), framework.distribution)
            if versions:
                newest[name] = max(versions, key=pins.order)
    return newest
