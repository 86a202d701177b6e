"""Run a job in forks of warm processes: the application's, and the judge's where that is apart."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..model import (
    FenceJob,
    Job,
    JobRecord,
    Lost,
    Record,
    RefusalReason,
    Reply,
    SnippetJob,
    Stopped,
)
from . import messages
from .messages import Role
from .zygote import LostError, Zygote

_JUDGE_EARLIER = 0.2
"""So much earlier a judge's time is over: an application that waits for it then ends in time, one
that hangs does not, and that tells them apart."""

Start = Callable[[Job, Path], Zygote]
"""Starts a warm process for a job, in a folder of its own."""


class Pair:
    """The warm processes of one thread, each started when the first job needs it.

    Args:
        start: for the applications of the job's environment.
        start_judge: for judges; None where the checks run beside the application.
        folder: where the processes get their folders.
        processor: the only one that jobs with a judge may use; None leaves it to the system.
    """

    def __init__(
        self, start: Start, start_judge: Start | None, folder: Path, processor: int | None
    ) -> None:
        self._start, self._start_judge = start, start_judge
        self._folder, self._processor = folder, processor
        self._snippets: Zygote | None = None
        self._judges: Zygote | None = None

    def run(self, job: Job, stopping: Callable[[], bool]) -> Reply | Lost:
        """The job's reply. After a lost zygote: both anew, one retry, then the snippet is blamed.

        Each gets a new folder: a lost one may have left anything in its own.
        """
        words = ""
        for _ in range(2):
            if stopping():
                break
            try:
                self._snippets = self._snippets or self._start(job, self._new("snippets"))
                # What a group of fences did is compared here, so it needs no judge.
                if isinstance(job, FenceJob) or self._start_judge is None:
                    return run(job, self._snippets)
                self._judges = self._judges or self._start_judge(job, self._new("judge"))
                return run_judged(job, self._snippets, self._judges, self._processor)
            except LostError as error:
                words = str(error)
                self.close()
        return Lost(words)

    def close_snippets(self) -> None:
        """End the environment's process; the judges' goes on."""
        if self._snippets is not None:
            self._snippets.close()
            self._snippets = None

    def close(self) -> None:
        """End both."""
        self.close_snippets()
        if self._judges is not None:
            self._judges.close()
            self._judges = None

    def _new(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self._folder))


def run(job: Job, snippets: Zygote) -> Reply:
    """Run one job, its application and its checks in one process; or a group of fences."""
    message = messages.message(job, Role.BOTH)
    snippets.send(message)
    ended = snippets.receive(job.limits.wall_seconds)
    return Reply(
        messages.read(job, ended.record),
        ended.output,
        ended.exit,
        ended.stopped,
        ended.seconds,
        ended.waited,
        mark=message.mark,
        moved=snippets.moved,
    )


def run_judged(
    job: SnippetJob, snippets: Zygote, judges: Zygote, processor: int | None = None
) -> Reply:
    """Run one snippet, its application in one process and its checks in another."""
    wall = job.limits.wall_seconds
    earlier = replace(job.limits, wall_seconds=wall - min(_JUDGE_EARLIER, wall / 10))
    application = messages.message(job, Role.APP, processor=processor)
    judge = messages.message(replace(job, limits=earlier), Role.JUDGE, processor=processor)
    theirs, ours = socket.socketpair()
    with theirs, ours:
        snippets.send(application, theirs)
        judges.send(judge, ours)
    judged = judges.receive(wall)
    ended = snippets.receive(wall)
    record = messages.read(job, judged.record)
    output = ended.output + judged.output
    waited = None
    if ended.waited is not None and judged.waited is not None:
        waited = ended.waited + judged.waited  # they take turns: who waits for one waits for both
    if ended.stopped or ended.exit:
        return Reply(None, ended.output, ended.exit, ended.stopped, ended.seconds, waited)
    if judged.waits and judged.stopped in (Stopped.TIME, Stopped.PROCESSOR):
        return Reply(None, ended.output, 0, judged.stopped, ended.seconds, waited)
    if judged.stopped or judged.exit or record is None:
        return Reply(None, output, judged.exit, judged.stopped, judged.seconds, waited, judge=True)
    if _application_ended(record):
        return Reply(None, output, ended.exit, None, ended.seconds, waited)
    return Reply(record, output, 0, None, ended.seconds, waited)


def _application_ended(record: Record) -> bool:
    """Whether a judge says that the application's process ended before its answer."""
    error = record.error if isinstance(record, JobRecord) else None
    return error is not None and error.kind is RefusalReason.GONE and error.ended
