"""Why a job's process was stopped or ended early, worded at the nearest line that is known."""

from __future__ import annotations

import os
import re
import signal

from . import problems
from .model import Job, Location, Outcome, Problem, Reply, SnippetJob

_MIB = 1024 * 1024


def stop(job: Job, reply: Reply) -> tuple[Outcome, Problem, str]:
    """The outcome, the problem, and the output without what the worker itself wrote."""
    at, output = job.location, reply.output
    id, limits = job.id, job.limits
    if reply.stopped == "time":
        at, output = _where_time_ran_out(job, output)
        if reply.judge and isinstance(job, SnippetJob):
            at = _contract_line(job, reply.output)
            return (
                Outcome.ERRORED,
                problems.contract_endless(at, limits.wall_seconds),
                output,
            )
        return Outcome.TIMED_OUT, problems.timed_out(at, id, limits.wall_seconds), output
    over = {
        "output": f"wrote more than {limits.output_bytes // 1024} KiB",
        "record": "left too long a record",
        "processes": f"ran more than {limits.processes} processes at once",
        "memory": f"used more than {limits.memory_bytes // _MIB} MiB of memory",
        "files": "made too many files",
    }.get(reply.stopped or "")
    if over is None and -reply.exit == getattr(signal, "SIGXCPU", None):
        over = f"used more than {limits.cpu_seconds} s of processor time"
    if reply.judge and isinstance(job, SnippetJob):
        how = f"they {over}" if over else _ended(reply.exit)
        return Outcome.ERRORED, problems.contract_ended(job.contract.location, how), output
    if over is not None:
        return Outcome.ERRORED, problems.over_limit(at, id, over), output
    return Outcome.ERRORED, problems.ended_early(at, id, _ended(reply.exit)), output


def _where_time_ran_out(job: Job, output: str) -> tuple[Location, str]:
    """The snippet's line in the stack that the worker wrote last, and the output without it."""
    before, mark, stack = output.rpartition("Timeout (")
    for path, line in re.findall(r'^  File "(.+)", line (\d+) in ', stack, re.M):
        for file in job.files:
            if mark and path.replace(os.sep, "/").endswith(f"/{file}") and "fieldguide-" in path:
                folder = job.location.path.rpartition("/")[0]
                return Location(f"{folder}/{file}", int(line)), before
    return job.location, before if mark else output


def _contract_line(job: SnippetJob, output: str) -> Location:
    """The contract's line in that stack."""
    lines = re.findall(r'^  File "contract\.py", line (\d+) in ', output, re.M)
    return Location(job.contract.location.path, int(lines[0]) if lines else None)


def _ended(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
