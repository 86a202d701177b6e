"""One result for each id that is wanted, whatever the engine's own code raises on the way."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace

from ...base.defects import contained, defect
from ...base.problems import Problems
from ...model import (
    Defect,
    Environment,
    FenceJob,
    Group,
    Job,
    Lost,
    Outcome,
    Problem,
    Reply,
    Result,
    Snippet,
)
from ...project.record import Project
from ...results import of_fences, of_snippets, unrun
from ...results.kinds import kind_of, needless_kinds
from ...results.problems import ends_badly
from ...results.result_problems import problems_of
from ...running.pool import Answer, Pool
from .. import problems
from ..progress.protocol import Progress
from ..selection import Selection

OnReply = Callable[[Job, "Reply | Lost"], None]
"""Is given what a job's processes left, as soon as they have ended."""


def run(
    collector: Problems,
    jobs: Sequence[Job],
    pool: Pool,
    progress: Progress,
    on_reply: OnReply | None,
) -> dict[str, Result]:
    """Run the jobs; their results by id, as far as they got one."""
    results: dict[str, Result] = {}

    def done(job: Job, answer: Answer) -> None:
        result = judged(job, answer, pool)
        if job.id in results:
            collector.add(problems.second_result(job.location, job.id))
        if results.setdefault(job.id, result).outcome is Outcome.PASSED:
            results[job.id] = result  # of two, the one that did not pass stays
        with contained(collector, job.location, job.id):
            if on_reply is not None and not isinstance(answer, Defect):
                on_reply(job, answer)
            progress.done(result)

    if jobs:
        groups = sum(isinstance(job, FenceJob) for job in jobs)
        with contained(collector):
            progress.start(len(jobs) - groups, groups)
        with contained(collector):
            pool.run(jobs, done)
    return results


def judged(job: Job, answer: Answer, pool: Pool) -> Result:
    """The result of one job. What our own code raises is an error of this job, and of no other."""
    try:
        if isinstance(answer, Defect):
            return unrun.defective(job, answer)
        layers = pool.sandbox.layers_of(job)
        if isinstance(job, FenceJob):
            return of_fences.result(job, answer, layers)
        return of_snippets.result(job, answer, layers)
    except Exception as error:
        return unrun.defective(job, defect(error))


def ordered(chosen: Selection, known: Mapping[str, Result]) -> list[Result]:
    """A result for each id of the selection, in its order: an error where none is known."""
    subjects: Sequence[Snippet | Group] = (*chosen.snippets, *chosen.probes, *chosen.groups)
    return [known.get(subject.id) or unrun.without_result(subject) for subject in subjects]


def about(collector: Problems, results: Sequence[Result], told: Container[str]) -> None:
    """Collect the problems of the results, each once. A result that is no pass has one.

    Args:
        collector: takes them.
        results: of the run.
        told: the ids whose problem is another one, which the collector has.
    """
    for result in results:
        with contained(collector, result.location, result.id):
            known = set(collector)
            met = () if result.id in told else _about(result)
            collector.add(*(problem for problem in met if problem not in known))


def _about(result: Result) -> Iterator[Problem]:
    if result.outcome is Outcome.SKIPPED:
        yield problems.skipped(result.location, result.id, result.reason)
    met = list(problems_of(result))
    yield from met
    if not met and result.outcome not in (Outcome.PASSED, Outcome.SKIPPED):
        yield ends_badly(result.location, result.id, result.outcome)


def with_kinds(
    collector: Problems,
    project: Project,
    environments: Mapping[str, Environment],
    results: Sequence[Result],
) -> list[Result]:
    """The results with who does the work in each; a kind that is declared needlessly is a
    problem."""
    known = []
    for result in results:
        with contained(collector, result.location, result.id):
            collector.add(*needless_kinds(project, environments, result))
            result = replace(result, kind=kind_of(project, environments, result))
        known.append(result)
    return known
