"""The verb: from a tree to results, cached or run."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Protocol

from . import answers, environments, groups, kinds, outcomes, problems, requirements, verdicts
from .cache import Cache, read_report, write_report
from .jobs import job, source_digest
from .model import (
    Environment,
    Framework,
    Job,
    Kind,
    Limits,
    Lost,
    Outcome,
    Problem,
    Reply,
    Report,
    Result,
    Snippet,
)
from .pool import Pool
from .problems import ProblemError
from .processes import BARE
from .project import Project, collect, contract_of
from .sandbox import Mode, best, default_mode, sandbox
from .selection import Selection, Shard, part, relevant, select
from .settings import preload_location
from .zygote import CAN_FORK


class Progress(Protocol):
    """What is told while a run goes on."""

    def say(self, text: str) -> None:
        """Something that takes a while has begun."""

    def start(self, snippets: int, groups: int) -> None:
        """So many snippets and groups of fences are going to run."""

    def done(self, result: Result) -> None:
        """One of them has."""


class Silence:
    """Tells nothing."""

    def say(self, text: str) -> None:
        """Tell nothing."""

    def start(self, snippets: int, groups: int) -> None:
        """Tell nothing."""

    def done(self, result: Result) -> None:
        """Tell nothing."""


def verify(
    root: Path,
    selection: Sequence[str] = (),
    *,
    shard: Shard | None = None,
    use_cache: bool = True,
    jobs: int | None = None,
    server: bool = False,
    database: str = "",
    fork: bool = CAN_FORK,
    limits: Limits | None = None,
    mode: Mode | None = None,
    progress: Progress | None = None,
    came: Callable[[Job, Reply | Lost], None] | None = None,
) -> Report:
    """Verify a tree's snippets and leave the results where rendering reads them.

    Args:
        root: the folder that holds ``snippets/``, ``docs/`` and ``pyproject.toml``.
        selection: ids, concepts, frameworks or paths; nothing for everything.
        shard: the part of them that this machine verifies; by default all.
        use_cache: whether a kept pass counts.
        jobs: how many snippets run at once; by default one a processor.
        server: run under each framework's production server, over sockets. Such results are
            reported, not rendered.
        database: handed to the snippets as ``DATABASE_URL``. Such results are reported, neither
            kept nor rendered: nobody knows what is in that database.
        fork: False runs every snippet in a fresh interpreter.
        limits: what a snippet may use; by default what the project says.
        mode: what to do where no sandbox can be had; by default what the environment says.
        progress: is told what happens.
        came: is given what each job's processes left, as it comes.

    Raises:
        ProblemError: there is no project, the selection names nothing in it, or there is no
            sandbox where one is demanded.
    """
    started = perf_counter()
    mode = mode or default_mode()
    use_cache = use_cache and not database
    if mode is Mode.STRICT:
        sandbox(mode, fork)
    progress = progress or Silence()
    project = collect(root)
    wanted = select(project, selection)
    found = relevant(project, selection, wanted)
    if (server or database) and not wanted.snippets and (wanted.groups or wanted.probes):
        option = "--server" if server else "--database"
        first = [one.location for one in wanted.groups] + [one.location for one in wanted.probes]
        raise ProblemError(problems.for_snippets(first[0], option))
    if shard is not None:
        wanted, found = part(shard, wanted, found)
    made, refused = _environments(project, wanted, found, progress)
    cache = Cache(root)
    kept = _Kept(cache, mode, fork)
    results: dict[str, Result] = {}
    waiting: list[Job] = []
    served: dict[str, str] = {}
    for snippet in (*wanted.snippets, *(() if server or database else wanted.probes)):
        contract = contract_of(project, snippet)
        if contract is None:
            continue
        framework = project.frameworks[snippet.framework]
        environment = made.get(snippet.framework)
        if environment is None:
            results[snippet.id] = _without(snippet, refused[snippet.framework])
            continue
        if why := _skips(snippet, environment):
            results[snippet.id] = verdicts.skipped(snippet, contract, environment, why)
            continue
        here = job(snippet, contract, environment, limits or project.limits)
        there = job(snippet, contract, environment, here.limits, framework.server)
        if cache.get(there, kept.box.layers_of(there)) is not None:
            served[snippet.id] = _server(framework, environment)
        one = there if server else here
        if database:
            one = job(snippet, contract, environment, here.limits, one.server, database)
        if use_cache and (passed := kept.get(one)) is not None:
            results[snippet.id] = replace(passed, cached=True)
        else:
            waiting.append(one)
    for group in () if server or database else wanted.groups:  # they are for snippets
        environment = made.get(group.env)
        if environment is None:
            results[group.id] = outcomes.without(group, refused[group.env])
            continue
        app = project.snippets.get(group.app)
        if app is not None and (why := _skips(app, environment)):
            results[group.id] = outcomes.skipped(group, project.snippets, why)
            continue
        one = groups.job(group, environment, limits or project.limits, project.snippets)
        if use_cache and (passed := kept.get(one)) is not None:
            results[group.id] = replace(passed, cached=True)
        else:
            waiting.append(one)

    box = sandbox(mode, fork) if waiting else kept.box

    def done(one: Job, reply: Reply | Lost) -> None:
        if came is not None:
            came(one, reply)
        result = outcomes.result if one.steps else verdicts.result
        results[one.snippet.id] = result(one, reply, box.layers_of(one))
        progress.done(results[one.snippet.id])

    pool = Pool(project.frameworks, jobs or os.cpu_count() or 1, box, fork)
    if waiting:
        if box.missing is not None:
            found.append(box.missing)
        of_fences = sum(one.group is not None for one in waiting)
        progress.start(len(waiting) - of_fences, of_fences)
        pool.run(waiting, done)
    for name, missing in pool.missing.items():
        found.append(problems.preload_missing(preload_location(root, name), name, missing))
    told = {id: _kind(project, made, results[id], found) for id in wanted.ids if id in results}
    ordered = tuple(
        replace(results[id], served=served.get(id, ""), kind=kind) for id, kind in told.items()
    )
    for result in ordered:
        if result.outcome is Outcome.SKIPPED:
            found.append(problems.skipped(result.location, result.id, result.reason))
        if result.framework in made or result.failure is None:
            found += [one for one in verdicts.problems_of(result) if one not in found]
    found += _changed_answers(project, ordered)
    # Nothing is kept where the preload is wrong: the next run has to see it again.
    keep = [r for r in ordered if r.framework not in pool.missing and not database]
    if (unkept := cache.put(keep)) is not None:
        found.append(unkept)
    report = Report(
        ordered, tuple(found), tuple(made.values()), box.layers, perf_counter() - started
    )
    if (
        not server
        and not database
        and (unkept := write_report(root, _whole(project, report))) is not None
    ):
        found.append(unkept)
    return replace(report, problems=tuple(found))


def _changed_answers(project: Project, results: tuple[Result, ...]) -> list[Problem]:
    """What a probed framework answers in another way than when its answers were accepted."""
    if project.probing is None:
        return []
    known, found = answers.read(project.root)
    for result in results:
        if result.id in project.probing.snippets and not found:
            framework = project.frameworks[result.framework]
            found += answers.changes(project.probing.probes, framework, result, known)
    return found


def sources(project: Project) -> dict[str, str]:
    """The digest of what a page shows now, of all that can be verified, by id."""
    found = {}
    asked = project.probing.snippets if project.probing else {}
    for snippet in (*project.snippets.values(), *asked.values()):
        if (contract := contract_of(project, snippet)) is not None:
            found[snippet.id] = source_digest(snippet, contract)
    for group in project.groups.values():
        found[group.id] = groups.digest(group, project.snippets)
    return found


class _Kept:
    """The passes that count: fewer layers than a run would have now are no proof.

    Whether this machine can have all of them is tried only when a pass is missing that has.
    """

    def __init__(self, cache: Cache, mode: Mode, fork: bool) -> None:
        self._cache, self._mode, self._fork = cache, mode, fork
        self._tried = False
        self.box = best(mode, fork)
        """What the passes had around them, as far as is known."""

    def get(self, one: Job) -> Result | None:
        """The job's pass."""
        found = self._cache.get(one, self.box.layers_of(one))
        if found is None and not self._tried:
            self._tried, self.box = True, sandbox(self._mode, self._fork)
            found = self._cache.get(one, self.box.layers_of(one))
        return found


def _server(framework: Framework, environment: Environment) -> str:
    """The production server with its version: ``gunicorn 27.0.1``."""
    versions = {one.name: one.version for one in environment.distributions}
    return f"{framework.server} {versions.get(framework.server, '')}".rstrip()


def _skips(snippet: Snippet, environment: Environment) -> str:
    """Why a snippet does not run in this environment; nothing where it does."""
    if snippet.cell is None or not snippet.cell.requires:
        return ""
    return requirements.missing(snippet.cell.requires, environment)


def _kind(
    project: Project, made: Mapping[str, Environment], result: Result, found: list[Problem]
) -> Kind | None:
    """Who does the work of a snippet; ``found`` takes what is wrong with what is declared."""
    snippet, environment = project.snippets.get(result.id), made.get(result.framework)
    if snippet is None:
        return None
    declared = snippet.cell.kind if snippet.cell else None
    if environment is None or not result.versions:
        return declared
    framework = project.frameworks[snippet.framework]
    imported = kinds.shown(framework, result.versions, environment.distributions)
    if snippet.cell is not None:
        found += kinds.needless(snippet.cell, imported)
    return declared or kinds.derived(imported)


def _environments(
    project: Project, wanted: Selection, found: list[Problem], progress: Progress
) -> tuple[dict[str, Environment], dict[str, Problem]]:
    """The environments that are needed; where one cannot be made, why."""
    made: dict[str, Environment] = {}
    refused: dict[str, Problem] = {}
    needed = {snippet.framework for snippet in (*wanted.snippets, *wanted.probes)}
    needed |= {group.env for group in wanted.groups}
    for name in (*project.frameworks, BARE):
        if name not in needed:
            continue
        try:
            made[name] = environments.named(project.root, name, progress.say)
        except ProblemError as error:
            found += error.problems
            refused[name] = error.problems[0]
    return made, refused


def _without(snippet: Snippet, problem: Problem) -> Result:
    """The result of a snippet whose environment cannot be made."""
    return verdicts.unrun_snippet(snippet, f"no environment: {problem.message}", problem.next)


def _whole(project: Project, report: Report) -> Report:
    """The report with what earlier runs proved about snippets that are unchanged since."""
    known = {result.id for result in report.results}
    everything = sources(project)
    before = None if known >= set(everything) else read_report(project.root)
    if before is None:
        return report
    kept: Mapping[str, Result] = {result.id: result for result in before.results}
    now = {result.id: result for result in report.results}
    results = []
    for id, source in everything.items():
        result = now.get(id) or kept.get(id)
        if result and result.source == source:
            results.append(result)
    environments = {e.name: e for e in (*before.environments, *report.environments)}
    # What is said of all results has to hold for each of them.
    layers = tuple(one for one in report.layers if all(one in r.layers for r in results))
    return replace(
        report,
        results=tuple(results),
        environments=tuple(environments.values()),
        layers=layers,
    )
