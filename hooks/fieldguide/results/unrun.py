"""The results of what did not run to its end: skipped, lost, or stopped by the engine's defect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..base.digests import source_digest
from ..base.problems import defective as defective_problem
from ..environments.imports import versions
from ..model import (
    Contract,
    Defect,
    Environment,
    FenceJob,
    Group,
    Job,
    Lost,
    Outcome,
    Problem,
    Result,
    Snippet,
)
from ..pages import account, groups
from . import problems
from .result_problems import failure_of


def lost(job: Job, reply: Lost) -> Result:
    """The result of a job whose zygote was lost twice."""
    return _of_job(job, problems.lost_twice(job.location, job.id, reply.words))


def defective(job: Job, defect: Defect) -> Result:
    """The result of a job in place of which the engine's own code raised."""
    return _of_job(job, defective_problem(job.location, job.id, defect))


def without_result(subject: Snippet | Group) -> Result:
    """The result of what was wanted and has none."""
    return _errored(subject, problems.no_result(subject.location, subject.id))


def without_environment(subject: Snippet | Group, refusal: Problem) -> Result:
    """The result of what has no environment; ``refusal`` says why that cannot be made."""
    return _errored(subject, problems.no_environment(subject.location, subject.id, refusal))


def without_contract(snippet: Snippet, path: str) -> Result:
    """The result of a snippet whose contract, at that path, cannot be read."""
    return _errored(snippet, problems.no_contract(snippet.location, snippet.id, path))


def skipped_snippet(
    snippet: Snippet, contract: Contract, environment: Environment, reason: str
) -> Result:
    """The result of a snippet that this environment cannot run."""
    return replace(
        _unrun(snippet, Outcome.SKIPPED, reason),
        versions={"python": environment.python_version, **versions(snippet, environment)},
        source=source_digest(snippet, contract),
    )


def skipped_group(group: Group, snippets: Mapping[str, Snippet], reason: str) -> Result:
    """The result of a group of fences whose application this environment cannot run."""
    skip = _unrun(group, Outcome.SKIPPED, f"{group.app} is skipped: {reason}")
    return replace(skip, source=groups.digest(group, snippets))


def _of_job(job: Job, problem: Problem) -> Result:
    subject = job.group if isinstance(job, FenceJob) else job.snippet
    return replace(_errored(subject, problem), key=job.key, server=job.server, source=job.source)


def _errored(subject: Snippet | Group, problem: Problem) -> Result:
    failure = failure_of(subject.id, problem)
    return replace(_unrun(subject, Outcome.ERRORED, failure.message), failure=failure)


def _unrun(subject: Snippet | Group, outcome: Outcome, reason: str) -> Result:
    """A result without checks, under no key."""
    if isinstance(subject, Group):
        concept, framework = account.part(subject.page), subject.env
    else:
        concept, framework = subject.concept, subject.framework
    return Result(
        id=subject.id,
        concept=concept,
        framework=framework,
        location=subject.location,
        key="",
        outcome=outcome,
        reason=reason,
    )
