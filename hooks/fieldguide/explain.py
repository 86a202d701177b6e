"""Say of one snippet what runs, where, under which key, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import environments, groups, verdicts
from .cache import Cache, read_report
from .collect import collect
from .jobs import job, versions
from .model import Cell, Exchange, Fence, Group, Job, Kind, Limits, Message, Outcome, Result
from .problems import ProblemError, line
from .project import Project, contract_of
from .selection import left_out, select


def explain(root: Path, name: str) -> Iterator[str]:
    """The explanation in lines; raises `ProblemError` where the name selects nothing."""
    project = collect(root)
    report = read_report(root)
    last = {result.id: result for result in report.results} if report else {}
    chosen = select(project, [name])
    if not chosen.ids and name in project.impossible:
        yield f"{name}: nothing to run"
        yield from _cell(project.impossible[name], None)
        return
    if not chosen.ids:
        yield f"{name}: left out of every run"
        yield from (f"  problem      {line(problem)}" for problem in left_out(project, name))
    for number, snippet in enumerate((*chosen.snippets, *chosen.probes)):
        if number:
            yield ""
        contract = contract_of(project, snippet)
        folder = snippet.folder
        yield f"{snippet.id}: {', '.join(f'{folder}/{file}' for file in snippet.files)}"
        for problem in project.problems:
            if problem.location.path.startswith(f"{folder}/") or (
                problem.location.path == f"snippets/{snippet.concept}/contract.py"
            ):
                yield f"  problem      {line(problem)}"
        if contract is None:
            continue
        yield f"  contract     {contract.location.path}, {len(contract.checks)} checks"
        for deviation in snippet.deviations:
            yield f"  deviation    {deviation.check}: {deviation.reason}"
        result = last.get(snippet.id)
        yield from _cell(snippet.cell, result.kind if result else None)
        try:
            environment = environments.prepare(root, snippet.framework)
        except ProblemError as error:
            yield f"  environment  {line(error.problems[0])}"
            continue
        framework = project.frameworks[snippet.framework]
        pins = " ".join(f"{n}=={v}" for n, v in versions(snippet, environment).items())
        yield f"  environment  {environment.name}, Python {environment.python_version}: {pins}"
        yield f"  in process   one fork of a process that has imported {framework.title}"
        if snippet.concept in project.contracts:
            yield f"  in production {framework.server} (fieldguide verify --server {snippet.id})"
        one = job(snippet, contract, environment, project.limits)
        yield from _job(root, one, last.get(snippet.id))
    for group in chosen.groups:
        if group is not chosen.groups[0] or chosen.snippets:
            yield ""
        yield from _group(root, project, group, last.get(group.id))


def _cell(cell: Cell | None, kind: Kind | None) -> Iterator[str]:
    """Who does the work, and what ``cell.toml`` says of that."""
    if told := (cell and cell.kind) or kind:
        yield f"  kind         {told}{f': {cell.why}' if cell and cell.why else ''}"
    if cell is not None and cell.instead:
        yield f"  instead      {cell.instead}"
    if cell is not None and cell.requires:
        yield f"  requires     {cell.requires}"


def _group(root: Path, project: Project, group: Group, last: Result | None) -> Iterator[str]:
    """The fences of one group, what runs them and what came of it."""
    yield f"{group.id}: {', '.join(_fence(entry.fence) for entry in group.entries)}"
    try:
        environment = environments.named(root, group.env)
    except ProblemError as error:
        yield f"  environment  {line(error.problems[0])}"
        return
    yield f"  environment  {environment.name}, Python {environment.python_version}"
    if group.app:
        yield f"  answered by  {group.app}"
    one = groups.job(group, environment, project.limits, project.snippets)
    yield from _job(root, one, last)


def _fence(fence: Fence) -> str:
    what = fence.options.file or ("output" if fence.options.output else fence.language)
    return f"{fence.location.path}:{fence.location.line} ({what})"


def _job(root: Path, one: Job, last: Result | None) -> Iterator[str]:
    yield f"  limits       {_limits(one.limits)}"
    yield f"  key          {one.key}"
    yield f"  cached       {_cached(root, one, last)}"
    if last is not None:
        yield from _result(last)


def _limits(limits: Limits) -> str:
    mib = 1024 * 1024
    return (
        f"{limits.wall_seconds:g} s, {limits.cpu_seconds} s of processor time, "
        f"{limits.memory_bytes / mib:g} MiB of memory, files of {limits.file_bytes / mib:g} MiB, "
        f"{limits.disk_bytes / mib:g} MiB of files, {limits.open_files} open files, "
        f"{limits.processes} processes, {limits.output_bytes / 1024:g} KiB of output"
    )


def _cached(root: Path, one: Job, last: Result | None) -> str:
    """Whether a pass is kept under the job's key; if not, why."""
    if Cache(root).get(one) is not None:
        return "yes, a pass is kept under this key"
    if last is None:
        return "no, it has not been verified yet"
    if last.key == one.key:
        return f"no, its last outcome is {last.outcome}; only passes are kept"
    changed = [name for name, value in one.inputs.items() if last.inputs.get(name) != value]
    return f"no, changed since its last result: {', '.join(changed)}"


def _result(result: Result) -> Iterator[str]:
    yield f"  last result  {result.outcome}, {result.seconds:.3f} s"
    for problem in verdicts.problems_of(result):
        yield f"  problem      {line(problem)}"
    if result.failure is not None and result.failure.traceback:
        yield from (f"    | {text}" for text in result.failure.traceback.splitlines())
    for one in result.checks:
        mark = "deviates" if one.deviation else one.outcome
        yield f"    {mark:8} {one.check.claim}"
        if one.outcome is not Outcome.PASSED and not one.deviation:
            for exchange in one.exchanges:
                yield from (f"      {text}" for text in _exchange(exchange))
    if result.output:
        yield "  output"
        yield from (f"    | {text}" for text in result.output.splitlines()[-40:])


def _exchange(exchange: Exchange) -> Iterator[str]:
    for sign, message in ((">", exchange.request), ("<", exchange.response)):
        yield f"{sign} {message.start}"
        yield from (f"{sign} {name}: {value}" for name, value in message.headers)
        if message.size:
            yield f"{sign}"
            yield from (f"{sign} {text}" for text in _body(message).splitlines()[:20])


def _body(message: Message) -> str:
    return f"({message.size} bytes, binary)" if message.binary else message.body
