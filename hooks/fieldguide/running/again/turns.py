"""The turns of a job: its first run, another try, and its second run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...model import FenceJob, Job, Lost, Reply
from . import starvation


@dataclass(frozen=True, slots=True)
class Turn:
    """One run of a job."""

    job: Job
    patience: float = 0.0
    """What its wall clock is multiplied by; 0 where this is no other try."""
    first: Reply | None = None
    """Of a second run, how the first ended."""

    def patient(self) -> Job:
        """The job with the wall clock of this turn."""
        if not self.patience:
            return self.job
        wall = self.job.limits.wall_seconds * self.patience
        return replace(self.job, limits=replace(self.job.limits, wall_seconds=wall))

    def tried_again(self, reply: Reply | Lost) -> Turn | None:
        """The same turn once more, if the machine may be to blame for how it ended."""
        if self.patience or isinstance(reply, Lost) or not starvation.starved(reply):
            return None
        return replace(self, patience=starvation.patience(reply))

    def second(self, reply: Reply | Lost) -> Turn | None:
        """The second run of the job, if it is to have one: where the first was stopped or crashed,
        it would tell no more."""
        if self.first is not None or isinstance(reply, Lost) or reply.stopped or reply.exit:
            return None
        twice = isinstance(self.job, FenceJob) and self.job.twice
        return Turn(self.job, first=reply) if twice else None

    def answer(self, reply: Reply | Lost) -> Reply | Lost:
        """What the job's runs have left together."""
        return reply if self.first is None else replace(self.first, second=reply)
