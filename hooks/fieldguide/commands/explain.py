"""The verb ``explain``: what runs for a snippet or a fence, and what its last result was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..base.problems import ProblemError, Problems, line
from ..environments import prepare
from ..environments.imports import versions
from ..model import (
    Cell,
    Contract,
    Exchange,
    Fence,
    Group,
    Job,
    Kind,
    Limits,
    Message,
    Outcome,
    Result,
    Snippet,
)
from ..project.collect import collect
from ..project.record import Project, contract_of
from ..results.cache import Cache
from ..results.last_run import read_report
from ..results.result_problems import problems_of
from ..running import fence_jobs
from ..running.jobs import job
from .gate import gate
from .selection import left_out, select


def explain(root: Path, name: str) -> Iterator[str]:
    """The explanation in lines; raises `ProblemError` where the name selects nothing."""
    gate.hold(root)
    project = collect(root)
    report = read_report(root)
    last = {result.id: result for result in report.results} if report else {}
    unknown = Problems()
    chosen = select(unknown, project, [name])
    unknown.stop()
    if not chosen.ids:
        yield from _not_run(project, name)
    parts = [
        *(_snippet(project, snippet, last) for snippet in (*chosen.snippets, *chosen.probes)),
        *(_group(project, group, last.get(group.id)) for group in chosen.groups),
    ]
    for number, lines in enumerate(parts):
        if number:
            yield ""
        yield from lines


def _not_run(project: Project, name: str) -> Iterator[str]:
    """Why nothing runs under a name that means something."""
    if name in project.impossible:
        yield f"{name}: nothing to run"
        yield from _cell(project.impossible[name], None)
        return
    yield f"{name}: left out of every run"
    yield from (f"  problem      {line(problem)}" for problem in left_out(project, name))


def _snippet(project: Project, snippet: Snippet, last: Mapping[str, Result]) -> Iterator[str]:
    """One snippet or probed application: its contract, what runs it, and its last result."""
    folder = snippet.folder
    yield f"{snippet.id}: {', '.join(f'{folder}/{file}' for file in snippet.files)}"
    for problem in project.problems:
        path = problem.location.path
        if path.startswith(f"{folder}/") or path == f"snippets/{snippet.concept}/contract.py":
            yield f"  problem      {line(problem)}"
    contract = contract_of(project, snippet)
    if contract is None:
        return
    yield f"  contract     {contract.location.path}, {len(contract.checks)} checks"
    for deviation in snippet.deviations:
        yield f"  deviation    {deviation.check}: {deviation.reason}"
    result = last.get(snippet.id)
    yield from _cell(snippet.cell, result.kind if result else None)
    yield from _running(project, snippet, contract, result)


def _running(
    project: Project, snippet: Snippet, contract: Contract, last: Result | None
) -> Iterator[str]:
    """What runs a snippet: the environment, the process, the limits; and its last result."""
    try:
        environment = prepare.prepare(project.root, snippet.framework)
    except ProblemError as error:
        yield f"  environment  {line(error.problems[0])}"
        return
    framework = project.frameworks[snippet.framework]
    pins = " ".join(f"{n}=={v}" for n, v in versions(snippet, environment).items())
    yield f"  environment  {environment.name}, Python {environment.python_version}: {pins}"
    yield f"  in process   one fork of a process that has imported {framework.title}"
    if snippet.concept in project.contracts:
        yield f"  production   {framework.server} (fieldguide verify --server {snippet.id})"
    yield from _job(project.root, job(snippet, contract, environment, project.limits), last)


def _cell(cell: Cell | None, kind: Kind | None) -> Iterator[str]:
    """Who does the work, and what ``cell.toml`` says of that."""
    if shown := (cell and cell.kind) or kind:
        yield f"  kind         {shown}{f': {cell.why}' if cell and cell.why else ''}"
    if cell is not None and cell.instead:
        yield f"  instead      {cell.instead}"
    if cell is not None and cell.requires:
        yield f"  requires     {cell.requires}"


def _group(project: Project, group: Group, last: Result | None) -> Iterator[str]:
    """One group of fences, what runs it, and its last result."""
    yield f"{group.id}: {', '.join(_fence(entry.fence) for entry in group.entries)}"
    try:
        environment = prepare.named(project.root, group.env)
    except ProblemError as error:
        yield f"  environment  {line(error.problems[0])}"
        return
    yield f"  environment  {environment.name}, Python {environment.python_version}"
    if group.app:
        yield f"  answered by  {group.app}"
    yield from _job(
        project.root, fence_jobs.job(group, environment, project.limits, project.snippets), last
    )


def _fence(fence: Fence) -> str:
    """``docs/concepts/routing.md:41 (python)``: where it is and what it holds."""
    content = fence.options.file or ("output" if fence.options.output else fence.language)
    return f"{fence.location.path}:{fence.location.line} ({content})"


def _job(root: Path, job: Job, last: Result | None) -> Iterator[str]:
    """What a job may use, whether a pass of it is kept, and its last result."""
    yield f"  limits       {_limits(job.limits)}"
    yield f"  key          {job.key}"
    yield f"  cached       {_cached(root, job, last)}"
    if last is not None:
        yield from _result(last, _changed(job, last))


def _limits(limits: Limits) -> str:
    mib = 1024 * 1024
    return (
        f"{limits.wall_seconds:g} s by the clock, {limits.cpu_seconds} s of processor time, "
        f"{limits.memory_bytes / mib:g} MiB of memory, {limits.file_bytes / mib:g} MiB a file, "
        f"{limits.disk_bytes / mib:g} MiB of files together, {limits.open_files} open files, "
        f"{limits.processes} processes, {limits.output_bytes / 1024:g} KiB of output"
    )


def _cached(root: Path, job: Job, last: Result | None) -> str:
    """Whether a pass is kept under the job's key; if not, why."""
    if Cache(root).get(job) is not None:
        return "yes, a pass is kept under this key"
    if last is None:
        return "no, it has not been verified yet"
    if last.key == job.key:
        return f"no, its last outcome is {last.outcome}; only passes are kept"
    return f"no, changed since its last result: {_changed(job, last)}"


def _changed(job: Job, last: Result) -> str:
    """What is not as it was when the last result was made."""
    return ", ".join(name for name, value in job.inputs.items() if last.inputs.get(name) != value)


def _result(result: Result, changed: str) -> Iterator[str]:
    since = f"; changed since then: {changed}" if changed else ""
    yield f"  last result  {result.outcome}, {result.seconds:.3f} s{since}"
    for problem in problems_of(result):
        yield f"  problem      {line(problem)}"
    if result.failure is not None and result.failure.traceback:
        yield from (f"    | {text}" for text in result.failure.traceback.splitlines())
    for check in result.checks:
        mark = "left out" if check.left_out else "deviates" if check.deviation else check.outcome
        yield f"    {mark:8} {check.check.claim}"
        if check.left_out:
            yield f"      {check.left_out}"
        elif check.outcome is not Outcome.PASSED and not check.deviation:
            for exchange in check.exchanges:
                yield from (f"      {text}" for text in _exchange(exchange))
    if result.output:
        yield "  output"
        yield from (f"    | {text}" for text in result.output.splitlines()[-40:])


def _exchange(exchange: Exchange) -> Iterator[str]:
    if exchange.note:
        yield f"({exchange.note})"
    for sign, message in ((">", exchange.request), ("<", exchange.response)):
        yield f"{sign} {message.start}"
        yield from (f"{sign} {name}: {value}" for name, value in message.headers)
        if message.size:
            yield f"{sign}"
            yield from (f"{sign} {text}" for text in _body(message).splitlines()[:20])


def _body(message: Message) -> str:
    return f"({message.size} bytes, binary)" if message.binary else message.body
