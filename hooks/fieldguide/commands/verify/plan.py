"""What a run is going to do: the jobs to run, and the results that are known without running."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...model import Contract, Environment, Framework, Group, Job, Result, Snippet
from ...project import requirements
from ...project.record import Project, contract_of
from ...results import unrun
from ...results.kept_passes import KeptPasses
from ...running import fence_jobs
from ...running.jobs import job
from ..selection import Selection
from .options import VerifyOptions
from .prepared import Prepared


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is selected is a job to run or has a result here."""

    jobs: tuple[Job, ...]
    """To run."""
    results: Mapping[str, Result]
    """Known without running, by id: kept passes, skips, and what has no environment."""
    served: Mapping[str, str]
    """``gunicorn 27.0.1``: the production server under which a pass is kept, by a snippet's id."""


def plan(
    project: Project,
    selection: Selection,
    prepared: Prepared,
    kept: KeptPasses,
    options: VerifyOptions,
) -> Plan:
    """Sort what is selected into jobs and results; nothing runs."""
    planner = _Planner(project, prepared, kept, options)
    for snippet in (*selection.snippets, *selection.probes):
        if (contract := contract_of(project, snippet)) is not None:
            planner.add_snippet(snippet, contract)
    for group in selection.groups:
        planner.add_group(group)
    return Plan(tuple(planner.jobs), planner.results, planner.served)


class _Planner:
    """Takes in one thing after the other."""

    def __init__(
        self, project: Project, prepared: Prepared, kept: KeptPasses, options: VerifyOptions
    ) -> None:
        self._project, self._prepared = project, prepared
        self._kept, self._options = kept, options
        self._limits = options.limits or project.limits
        self.jobs: list[Job] = []
        self.results: dict[str, Result] = {}
        self.served: dict[str, str] = {}

    def add_snippet(self, snippet: Snippet, contract: Contract) -> None:
        environment = self._prepared.environments.get(snippet.framework)
        if environment is None:
            refusal = self._prepared.refused[snippet.framework]
            self.results[snippet.id] = unrun.without_environment(snippet, refusal)
        elif reason := _missing(snippet, environment):
            self.results[snippet.id] = unrun.skipped_snippet(snippet, contract, environment, reason)
        else:
            self._add_runnable(snippet, contract, environment)

    def _add_runnable(self, snippet: Snippet, contract: Contract, environment: Environment) -> None:
        framework = self._project.frameworks[snippet.framework]
        in_production = job(snippet, contract, environment, self._limits, framework.server)
        if self._kept.holds(in_production):
            self.served[snippet.id] = _server(framework, environment)
        server = framework.server if self._options.server else None
        database = self._options.database
        self._add(job(snippet, contract, environment, self._limits, server, database))

    def add_group(self, group: Group) -> None:
        environment = self._prepared.environments.get(group.env)
        snippets = self._project.snippets
        app = snippets.get(group.app)
        if environment is None:
            refusal = self._prepared.refused[group.env]
            self.results[group.id] = unrun.without_environment(group, refusal)
        elif app is not None and (reason := _missing(app, environment)):
            self.results[group.id] = unrun.skipped_group(group, snippets, reason)
        else:
            self._add(fence_jobs.job(group, environment, self._limits, snippets))

    def _add(self, job: Job) -> None:
        """Take a kept pass of the job for its result, or run it."""
        result = self._kept.get(job) if self._options.reads_cache else None
        if result is None:
            self.jobs.append(job)
        else:
            self.results[job.id] = result


def _missing(snippet: Snippet, environment: Environment) -> str:
    """What the environment lacks that a snippet requires, in words; empty where it has all."""
    if snippet.cell is None or not snippet.cell.requires:
        return ""
    return requirements.missing(snippet.cell.requires, environment)


def _server(framework: Framework, environment: Environment) -> str:
    """The production server with its version: ``gunicorn 27.0.1``."""
    versions = {
        distribution.name: distribution.version for distribution in environment.distributions
    }
    return f"{framework.server} {versions.get(framework.server, '')}".rstrip()
