"""Why a job's process was stopped or ended early, worded at the nearest line that is known."""

from __future__ import annotations

import os
import signal

from ..model import Job, Limits, Location, Outcome, Problem, Reply, SnippetJob, Stopped
from ..running.stacks import last_stack
from . import problems

_MIB = 1024 * 1024


def stop(job: Job, reply: Reply) -> tuple[Outcome, Problem, str]:
    """The outcome, the problem, and the output without what the worker itself wrote."""
    at, output = job.location, reply.output
    id, limits = job.id, job.limits
    if (time := _time(reply, limits)) is not None:
        at, output = _where_time_ran_out(job, output)
        if reply.judge and isinstance(job, SnippetJob):
            at = _contract_line(job, reply.output)
            return Outcome.ERRORED, problems.contract_endless(at, time), output
        return Outcome.TIMED_OUT, problems.timed_out(at, id, time), output
    words = {
        Stopped.OUTPUT: f"wrote more than {limits.output_bytes // 1024} KiB",
        Stopped.RECORD: "left too long a record",
        Stopped.PROCESSES: f"ran more than {limits.processes} processes at once",
        Stopped.MEMORY: f"used more than {limits.memory_bytes // _MIB} MiB of memory",
        Stopped.FILES: "made too many files",
    }
    over = words.get(reply.stopped) if reply.stopped else None
    if reply.judge and isinstance(job, SnippetJob):
        how = f"they {over}" if over else _ended(reply.exit)
        return Outcome.ERRORED, problems.contract_ended(job.contract.location, how), output
    if over is not None:
        return Outcome.ERRORED, problems.over_limit(at, id, over), output
    return Outcome.ERRORED, problems.ended_early(at, id, _ended(reply.exit)), output


def _time(reply: Reply, limits: Limits) -> str | None:
    """The limit of time that was met, if one was."""
    if reply.stopped is Stopped.TIME:
        return f"{limits.wall_seconds:g} s"
    if reply.stopped is Stopped.PROCESSOR:
        return f"{limits.cpu_seconds} s of processor time"
    return None


def _where_time_ran_out(job: Job, output: str) -> tuple[Location, str]:
    """The snippet's line in the stack that the worker wrote last, and the output without it."""
    before, stack = last_stack(output)
    for path, line in stack:
        for file in job.files:
            if path.replace(os.sep, "/").endswith(f"/{file}") and "fieldguide-" in path:
                folder = job.location.path.rpartition("/")[0]
                return Location(f"{folder}/{file}", line), before
    return job.location, before


def _contract_line(job: SnippetJob, output: str) -> Location:
    """The contract's line in that stack."""
    lines = [line for path, line in last_stack(output)[1] if path == "contract.py"]
    return Location(job.contract.location.path, lines[0] if lines else None)


def _ended(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
