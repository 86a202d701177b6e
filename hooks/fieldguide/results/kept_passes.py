"""The passes of earlier runs that still count, by what this machine could put around a run now."""

from __future__ import annotations

from dataclasses import replace

from ..model import Job, Result
from ..running.sandbox import Machine, best
from .cache import Cache


class KeptPasses:
    """A pass with fewer layers around it than a run would have now does not count.

    Trying what this machine can have takes a while, so it is put off until a pass is missing
    that would count with fewer layers.
    """

    def __init__(self, cache: Cache, machine: Machine) -> None:
        self._cache, self._machine = cache, machine
        self._tried = False
        self.sandbox = best(machine.mode, machine.fork)
        """What the passes had around them, as far as is known."""

    def get(self, job: Job) -> Result | None:
        """The job's pass, marked as taken from the cache."""
        result = self._get(job)
        if result is None and not self._tried:
            self._tried, self.sandbox = True, self._machine.sandbox
            result = self._get(job)
        return replace(result, cached=True) if result else None

    def holds(self, job: Job) -> bool:
        """Whether there is a pass of the job, by what is known so far."""
        return self._get(job) is not None

    def _get(self, job: Job) -> Result | None:
        return self._cache.get(job, self.sandbox.layers_of(job))
