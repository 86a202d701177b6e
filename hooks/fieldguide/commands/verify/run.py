"""The verb ``verify``: from a tree to results, cached or run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from ...base.problems import ProblemError, Problems
from ...model import Environment, FenceJob, Job, Lost, Outcome, Problem, Reply, Report, Result
from ...project.collect import collect
from ...project.record import Project
from ...project.settings import preload_location
from ...results import of_fences, of_snippets
from ...results.answers import changes
from ...results.cache import Cache
from ...results.kept_passes import KeptPasses
from ...results.kinds import kind_of, needless_kinds
from ...results.last_run import merge_report
from ...results.result_problems import problems_of
from ...results.sources import sources
from ...running.pool import Pool
from ...running.sandbox import Machine, Mode
from .. import problems
from ..progress.protocol import SILENT, Progress
from ..selection import Selection, part, relevant, select
from .options import VerifyOptions
from .plan import Plan, plan
from .prepared import prepare

OnReply = Callable[[Job, "Reply | Lost"], None]
"""Is given what a job's processes left, as soon as they have ended."""


def verify(
    root: Path,
    selection: Sequence[str] = (),
    options: VerifyOptions | None = None,
    *,
    progress: Progress = SILENT,
    on_reply: OnReply | None = None,
) -> Report:
    """Verify a tree's snippets and leave the results where rendering reads them.

    Args:
        root: the folder that holds ``snippets/``, ``docs/`` and ``pyproject.toml``.
        selection: ids, concepts, frameworks or paths; nothing for everything.
        options: how; by default as ``fieldguide verify`` without options.
        progress: hears what happens.
        on_reply: is called for each job that runs, one call at a time.

    Raises:
        ProblemError: there is no project, the selection names nothing in it, or there is no
            sandbox where one is demanded.
    """
    started = perf_counter()
    options = options or VerifyOptions()
    machine = Machine(options.mode, options.fork)
    if options.mode is Mode.STRICT:
        _ = machine.sandbox  # nothing is done where it cannot be had
    collector = Problems()
    project = collect(root)
    chosen = _chosen(collector, project, selection, options)
    prepared = prepare(collector, project, chosen, progress)
    cache = Cache(root)
    kept = KeptPasses(cache, machine)
    planned = plan(project, chosen, prepared, kept, options)
    around = machine.sandbox if planned.jobs else kept.sandbox
    if planned.jobs and around.missing is not None:
        progress.warn(around.missing)  # now, and not when all has run
    pool = Pool(project.frameworks, options.jobs or os.cpu_count() or 1, around, options.fork)
    known = {**planned.results, **_run(planned.jobs, pool, progress, on_reply)}
    collector.add(*_about_running(project, planned, pool))
    ordered = [known[id] for id in chosen.ids if id in known]
    results = _completed(collector, project, prepared.environments, planned, ordered)
    if options.writes_cache:
        # Nothing is kept where the preload is wrong: the next run has to see it again.
        cache.put(collector, [r for r in results if r.framework not in pool.missing])
    environments = tuple(prepared.environments.values())
    seconds = perf_counter() - started
    report = Report(results, tuple(collector), environments, around.layers, seconds)
    if options.renders:
        merge_report(collector, root, report, sources(project))
    return replace(report, problems=tuple(collector))


def _chosen(
    collector: Problems, project: Project, names: Sequence[str], options: VerifyOptions
) -> Selection:
    """What the names and the options select; the problems that concern it are collected."""
    unknown = Problems()
    selection = select(unknown, project, names)
    unknown.stop()
    concerned = list(relevant(project, names, selection))
    unfit = [group.location for group in selection.groups]
    unfit += [probed.location for probed in selection.probes]
    if options.for_snippets and unfit and not selection.snippets:
        raise ProblemError(problems.for_snippets(unfit[0], options.for_snippets))
    if options.shard is not None:
        selection, concerned = part(options.shard, selection, concerned)
    collector.add(*concerned)
    return Selection(selection.snippets, ()) if options.for_snippets else selection


def _run(
    jobs: Sequence[Job], pool: Pool, progress: Progress, on_reply: OnReply | None
) -> dict[str, Result]:
    """Run the jobs; their results by id."""
    results: dict[str, Result] = {}

    def done(job: Job, reply: Reply | Lost) -> None:
        if on_reply is not None:
            on_reply(job, reply)
        layers = pool.sandbox.layers_of(job)
        if isinstance(job, FenceJob):
            result = of_fences.result(job, reply, layers)
        else:
            result = of_snippets.result(job, reply, layers)
        results[job.id] = result
        progress.done(result)

    if jobs:
        groups = sum(isinstance(job, FenceJob) for job in jobs)
        progress.start(len(jobs) - groups, groups)
        pool.run(jobs, done)
    return results


def _about_running(project: Project, planned: Plan, pool: Pool) -> Iterator[Problem]:
    """The problems of the run itself: no sandbox, or a module that cannot be preloaded."""
    if planned.jobs and pool.sandbox.missing is not None:
        yield pool.sandbox.missing
    for framework, names in pool.missing.items():
        at = preload_location(project.root, framework)
        yield problems.preload_missing(at, framework, names)


def _completed(
    collector: Problems,
    project: Project,
    environments: Mapping[str, Environment],
    planned: Plan,
    results: Sequence[Result],
) -> tuple[Result, ...]:
    """The results with what a single job cannot know; their problems are collected, each once."""
    for result in results:
        collector.add(*needless_kinds(project, environments, result))
    for result in results:
        about = _about_result(result, environments)
        collector.add(*(problem for problem in about if problem not in collector))
    collector.add(*changes.of_results(project, results))
    return tuple(
        replace(
            result,
            served=planned.served.get(result.id, ""),
            kind=kind_of(project, environments, result),
        )
        for result in results
    )


def _about_result(result: Result, environments: Mapping[str, Environment]) -> Iterator[Problem]:
    """The problems of a result, but for an environment that cannot be made: that one is a problem
    of its own already."""
    if result.outcome is Outcome.SKIPPED:
        yield problems.skipped(result.location, result.id, result.reason)
    if result.framework in environments or result.failure is None:
        yield from problems_of(result)
