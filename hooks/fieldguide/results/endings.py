"""Why a job's process was stopped or ended early, at the nearest line that is known."""

from __future__ import annotations

import os
import signal

from ..model import Job, Location, Outcome, Problem, Reply, SnippetJob
from ..running.stacks import last_stack
from . import problems


def stop(job: Job, reply: Reply) -> tuple[Outcome, Problem, str]:
    """The outcome, the problem, and the output without what the worker itself wrote."""
    at, output = job.location, reply.output
    id, limits = job.id, job.limits
    if (time := problems.time_met(reply.stopped, limits)) is not None:
        at, output = _where_time_ran_out(job, output)
        if reply.judge and isinstance(job, SnippetJob):
            at = _contract_line(job, reply.output)
            return Outcome.ERRORED, problems.contract_endless(at, time), output
        return Outcome.TIMED_OUT, problems.timed_out(at, id, time), output
    over = problems.limit_met(reply.stopped, limits)
    if reply.judge and isinstance(job, SnippetJob):
        how = f"they {over}" if over else _status(reply.exit)
        return Outcome.ERRORED, problems.contract_ended(job.contract.location, how), output
    if over is not None:
        return Outcome.ERRORED, problems.over_limit(at, id, over), output
    return Outcome.ERRORED, problems.ended_early(at, id, _status(reply.exit)), output


def _where_time_ran_out(job: Job, output: str) -> tuple[Location, str]:
    """The snippet's line in the stack that the worker wrote last, and the output without it."""
    printed, stack = last_stack(output)
    for path, line in stack:
        for file in job.files:
            if path.replace(os.sep, "/").endswith(f"/{file}") and "fieldguide-" in path:
                return Location(f"{job.location.folder}/{file}", line), printed
    return job.location, printed


def _contract_line(job: SnippetJob, output: str) -> Location:
    """The contract's line in the stack that the worker wrote last."""
    lines = [line for path, line in last_stack(output)[1] if path == "contract.py"]
    return Location(job.contract.location.path, lines[0] if lines else None)


def _status(status: int) -> str:
    """``exit status 3`` or ``signal SIGKILL``."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
