"""The verb ``verify``: from a tree to results, cached or run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from ...base.defects import contained
from ...base.problems import ProblemError, Problems, defective
from ...model import Location, Problem, Report
from ...project.collect import collect
from ...project.record import Project
from ...project.settings import preload_location
from ...results.answers import changes
from ...results.cache import Cache
from ...results.kept_passes import KeptPasses
from ...results.last_run import merge_report
from ...results.sources import sources
from ...running.pool import Pool
from ...running.sandbox import Machine, Mode
from .. import problems
from ..gate import gate
from ..progress.protocol import SILENT, Progress
from ..selection import Selection, part, relevant, select
from . import complete
from .complete import OnReply
from .options import VerifyOptions
from .plan import Plan, plan
from .prepared import prepare


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
        ProblemError: the gate on the tree is closed, there is no project, the selection names
            nothing in it, or there is no sandbox where one is demanded.
    """
    started = perf_counter()
    warnings = gate.hold(root)
    options = options or VerifyOptions()
    machine = Machine(options.mode, options.fork)
    if options.mode is Mode.STRICT:
        _ = machine.sandbox  # nothing is done where it cannot be had
    collector = Problems()
    collector.add(*warnings)
    project = collect(root)
    chosen = _chosen(collector, project, selection, options)
    prepared = prepare(collector, project, chosen, progress, checked=options.checks_environments)
    cache = Cache(root)
    kept = KeptPasses(cache, machine)
    planned = plan(collector, project, chosen, prepared, kept, options)
    around = machine.sandbox if planned.jobs else kept.sandbox
    if planned.jobs and around.missing is not None:
        progress.warn(around.missing)  # now, and not when all has run
    pool = Pool(project.frameworks, options.jobs or os.cpu_count() or 1, around, options.fork)
    ran = complete.run(collector, planned.jobs, pool, progress, on_reply)
    with contained(collector):
        collector.add(*_about_running(project, planned, pool))
    known = complete.ordered(chosen, {**planned.results, **ran})
    known = complete.with_kinds(collector, project, prepared.environments, known)
    complete.about(collector, known, planned.told)
    with contained(collector):
        collector.add(*changes.of_results(project, known))
    results = tuple(replace(one, served=planned.served.get(one.id, "")) for one in known)
    if options.writes_cache:
        # Nothing is kept where the preload is wrong: the next run has to see it again.
        with contained(collector):
            cache.put(collector, [r for r in results if r.framework not in pool.missing])
    environments = tuple(prepared.environments.values())
    seconds = perf_counter() - started
    report = Report(results, tuple(collector), environments, around.layers, seconds)
    if options.renders:
        with contained(collector):
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
    if options.for_snippets:
        selection = Selection(selection.snippets, ())
    if options.shard is not None and selection.ids:
        selection, concerned = part(options.shard, selection, concerned)
        if not selection.ids:
            concerned.append(problems.nothing_in_part(str(options.shard)))
    collector.add(*concerned)
    if not selection.ids and not len(collector):
        collector.add(problems.nothing_to_verify(Location("snippets")))
    return selection


def _about_running(project: Project, planned: Plan, pool: Pool) -> Iterator[Problem]:
    """The problems of the run itself: no sandbox, or a module that cannot be preloaded."""
    if planned.jobs and pool.sandbox.missing is not None:
        yield pool.sandbox.missing
    for defect in pool.defects:
        yield defective(defect.location, "", defect)
    for framework, names in pool.missing.items():
        at = preload_location(project.root, framework)
        yield problems.preload_missing(at, framework, names)
