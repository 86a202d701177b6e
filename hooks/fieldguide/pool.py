"""Run jobs side by side: a warm process an environment at a time, one retry where one is lost."""

from __future__ import annotations

import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from .model import Framework, Job
from .zygote import CAN_FORK, LostError, Reply, Zygote, fresh

LAYERS = ("own process", "own folder", "own environment variables", "wall clock", "output limit")
"""What stands between a snippet and the machine."""
_SHARE = 8
"""An environment with more jobs left than this gets a second warm process."""

Done = Callable[[Job, "Reply | str"], None]


class Pool:
    """Runs jobs; calls ``done`` with each job's `Reply`, or with what was wrong with its zygote.

    Args:
        frameworks: by the name that a job's environment has.
        workers: how many jobs run at once.
        fork: False runs every job in a fresh interpreter, as where the platform cannot fork.
    """

    def __init__(
        self, frameworks: Mapping[str, Framework], workers: int, fork: bool = CAN_FORK
    ) -> None:
        self._frameworks = frameworks
        self._workers = workers
        self._fork = fork
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Job]] = {}
        self._taken: set[str] = set()
        self.missing: dict[str, tuple[str, ...]] = {}
        """What a framework could not preload, by its name."""

    def run(self, jobs: Iterable[Job], done: Done) -> None:
        """Run them all. ``done`` is called from several threads, one call at a time."""
        for job in jobs:
            self._waiting.setdefault(job.environment.name, deque()).append(job)

        def one_at_a_time(job: Job, reply: Reply | str) -> None:
            with self._lock:
                done(job, reply)

        with tempfile.TemporaryDirectory(prefix="fieldguide-", ignore_cleanup_errors=True) as path:
            folder = Path(path).resolve()
            threads = [
                threading.Thread(target=self._work, args=(folder, one_at_a_time), daemon=True)
                for _ in range(min(self._workers, sum(map(len, self._waiting.values()))))
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    def _work(self, folder: Path, done: Done) -> None:
        while (name := self._choose()) is not None:
            zygote: Zygote | None = None
            while (job := self._next(name)) is not None:
                zygote = self._one(job, zygote, folder, done)
            if zygote is not None:
                zygote.close()

    def _one(self, job: Job, zygote: Zygote | None, folder: Path, done: Done) -> Zygote | None:
        """Run one job; gives the zygote for the next one."""
        if job.server or not self._fork:
            done(job, fresh(job, folder))
            return zygote
        words = ""
        for _ in range(2):
            try:
                zygote = zygote or self._start(job, folder)
                done(job, zygote.run(job))
                return zygote
            except LostError as error:
                words, zygote = str(error), None
        done(job, words)
        return None

    def _start(self, job: Job, folder: Path) -> Zygote:
        """A new zygote in a new folder: a lost one may have left anything in its own."""
        framework = self._frameworks[job.environment.name]
        own = Path(tempfile.mkdtemp(prefix=f"{framework.name}-", dir=folder))
        zygote = Zygote(job.environment, framework, own)
        if zygote.missing:
            self.missing[framework.name] = zygote.missing
        return zygote

    def _choose(self) -> str | None:
        """The environment to work for: the longest queue that nobody has, or one worth sharing."""
        with self._lock:
            queues = sorted(self._waiting.items(), key=lambda item: -len(item[1]))
            for name, queue in queues:
                if queue and name not in self._taken:
                    self._taken.add(name)
                    return name
            return next((name for name, queue in queues if len(queue) > _SHARE), None)

    def _next(self, name: str) -> Job | None:
        with self._lock:
            queue: Sequence[Job] = self._waiting[name]
            return self._waiting[name].popleft() if queue else None
