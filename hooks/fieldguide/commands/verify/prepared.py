"""The environments that a run needs, made where they were not there yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...base.problems import ProblemError, Problems
from ...environments.interpreters import BARE
from ...environments.prepare import named
from ...model import Environment, Problem
from ...project.record import Project
from ..progress.protocol import Progress
from ..selection import Selection


@dataclass(frozen=True, slots=True)
class Prepared:
    """Each environment that was asked for is in one of the two, by its name."""

    environments: Mapping[str, Environment]
    refused: Mapping[str, Problem]
    """Why an environment cannot be made."""


def prepare(
    collector: Problems,
    project: Project,
    selection: Selection,
    progress: Progress,
    *,
    checked: bool = False,
) -> Prepared:
    """The environments of what is selected; what stops one from being made is a problem.

    With ``checked``, one that was made before has to be as it was installed.
    """
    environments: dict[str, Environment] = {}
    refused: dict[str, Problem] = {}
    needed = {snippet.framework for snippet in (*selection.snippets, *selection.probes)}
    needed |= {group.env for group in selection.groups}
    for name in (*project.frameworks, BARE):
        if name not in needed:
            continue
        try:
            environments[name] = named(project.root, name, progress.say, checked=checked)
        except ProblemError as error:
            collector.add(*error.problems)
            refused[name] = error.problems[0]
    return Prepared(environments, refused)
