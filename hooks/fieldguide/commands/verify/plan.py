"""What a run is going to do: the jobs to run, and the results that are known without running."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...base.defects import contained
from ...base.problems import Problems
from ...model import Contract, Environment, Framework, Group, Job, Problem, Result, Snippet
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
    told: Collection[str]
    """The ids whose result is an error that is a problem of its own already."""


def plan(
    collector: Problems,
    project: Project,
    selection: Selection,
    prepared: Prepared,
    kept: KeptPasses,
    options: VerifyOptions,
) -> Plan:
    """Sort what is selected into jobs and results; nothing runs.

    What our own code raises over one of them is a problem, and leaves it without either.
    """
    planner = _Planner(project, prepared, kept, options)
    for snippet in (*selection.snippets, *selection.probes):
        with contained(collector, snippet.location, snippet.id):
            planner.add_snippet(snippet)
    for group in selection.groups:
        with contained(collector, group.location, group.id):
            planner.add_group(group)
    return Plan(tuple(planner.jobs), planner.results, planner.served, planner.told)


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
        self.told: set[str] = set()

    def add_snippet(self, snippet: Snippet) -> None:
        contract = contract_of(self._project, snippet)
        environment = self._prepared.environments.get(snippet.framework)
        if contract is None:
            self._add_without_contract(snippet)
        elif environment is None:
            self._add_refused(snippet, self._prepared.refused[snippet.framework])
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
            self._add_refused(group, self._prepared.refused[group.env])
        elif app is not None and (reason := _missing(app, environment)):
            self.results[group.id] = unrun.skipped_group(group, snippets, reason)
        else:
            self._add(fence_jobs.job(group, environment, self._limits, snippets))

    def _add_refused(self, subject: Snippet | Group, refusal: Problem) -> None:
        """Something without an environment, whose making has left that problem."""
        self.results[subject.id] = unrun.without_environment(subject, refusal)
        self.told.add(subject.id)

    def _add_without_contract(self, snippet: Snippet) -> None:
        """A snippet whose contract cannot be read; what is wrong with that stands with it."""
        path = f"snippets/{snippet.concept}/contract.py"
        at_fault = [p for p in self._project.problems if p.location.path == path]
        self.results[snippet.id] = unrun.without_contract(snippet, path)
        if any(problem.severity == "error" for problem in at_fault):
            self.told.add(snippet.id)

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
