"""The answers of probed frameworks that are not the accepted ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...base.problems import Problems
from ...environments.versions import version
from ...model import Framework, Location, Problem, Result
from ...project.probes import Probe
from ...project.record import Project
from .. import problems
from . import accepted
from .accepted import Known
from .given import answers_of

PAGE = "docs/compare/defaults.md"
"""Where the answers are shown; a change is reported there."""


def of_results(project: Project, results: Sequence[Result]) -> Iterator[Problem]:
    """A warning for each changed answer among the results; one if the accepted are unreadable."""
    if project.probing is None:
        return
    collector = Problems()
    known = accepted.read(collector, project.root)
    yield from collector
    for result in results:
        if result.id in project.probing.snippets and not len(collector):
            framework = project.frameworks[result.framework]
            yield from changes(project.probing.probes, framework, result, known)


def changes(
    probes: Iterable[Probe], framework: Framework, result: Result, known: Known
) -> Iterator[Problem]:
    """A warning for each answer of one framework that differs from the last accepted one."""
    probes = list(probes)
    answers = answers_of(probes, result)
    now = version(framework, result.versions)
    versions = known.get(framework.name, {})
    then = accepted.nearest(versions, now)
    if not answers:
        return
    before = versions[then] if then else {}
    for probe in probes:
        old, new = before.get(probe.name), answers.get(probe.name)
        if new is not None and new != old:
            since = then if then and then != now else ""
            yield problems.answer_changed(
                Location(PAGE), f"{framework.title} {now}", probe.asks, new, old, since
            )
