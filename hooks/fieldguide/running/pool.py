"""Run jobs side by side: a warm process an environment at a time, one retry where one is lost.

A job that ran out of wall-clock time while it had no processor runs again when all others are done,
with nothing else of ours beside it; only then is it to blame. Last comes the second run of the jobs
that need one, under other circumstances.
"""

from __future__ import annotations

import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import sleep, time
from weakref import WeakSet

from ..base.defects import defect
from ..model import Defect, Framework, Job, Lost, Reply
from . import zygote
from .again import circumstances
from .again.turns import Turn
from .forked import Pair
from .fresh_interpreter import fresh
from .processes import Workers, folder_prefix, processor
from .sandbox import Sandbox
from .zygote import Zygote

_SHARE = 8
"""An environment that has more jobs left than this gets a second warm process."""
_SIGNAL_SECONDS = 1.0
"""How long a signal may go unnoticed."""
_LOOK_SECONDS = 0.05
_STOP_SECONDS = 0.3
"""How long zygotes have to end what they run, before they are ended themselves."""

Answer = Reply | Lost | Defect
"""What becomes of a job."""
Done = Callable[[Job, Answer], None]


class Pool:
    """Runs jobs; calls ``done`` with each job's answer.

    Args:
        frameworks: by the name that a job's environment has.
        workers: how many jobs run at once.
        sandbox: what goes around every process.
        fork: False runs every job in a fresh interpreter, as where the platform cannot fork.
    """

    def __init__(
        self, frameworks: Mapping[str, Framework], workers: int, sandbox: Sandbox, fork: bool
    ) -> None:
        self._frameworks = frameworks
        self._threads_at_once = workers
        self.sandbox = sandbox
        self._workers = Workers(sandbox)
        self._fork = fork
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Turn]] = {}
        self._starved: list[Turn] = []
        self._seconds: list[Turn] = []
        self._taken: set[str] = set()
        self._threads: list[threading.Thread] = []
        self._zygotes: WeakSet[Zygote] = WeakSet()
        self.stopping = False
        """Whether nothing new may start."""
        self.missing: dict[str, tuple[str, ...]] = {}
        """What a framework could not preload, by its name."""
        self.defects: list[Defect] = []
        """What our own code raised between the jobs; each ended a thread, and none a job."""

    def run(self, jobs: Iterable[Job], done: Done) -> None:
        """Run them all. ``done`` is called from several threads, one call at a time. Whatever ends
        this call, an interruption too, ends every process that it started.
        """
        turns = [Turn(job) for job in jobs]

        def one_at_a_time(job: Job, answer: Answer) -> None:
            with self._lock:
                if not self.stopping:  # else the answer is only that its process was ended
                    done(job, answer)

        self._workers.sweep()
        with tempfile.TemporaryDirectory(
            prefix=folder_prefix(), ignore_cleanup_errors=True
        ) as path:
            folder = Path(path).resolve()
            try:
                self._all(turns, folder, one_at_a_time)
                if self._seconds:
                    self._under(circumstances.second())
                    self._all(self._seconds, folder, one_at_a_time)
            finally:
                self._stop()
                if self._seconds and not self.sandbox.bounded:
                    circumstances.sweep()

    def _all(self, turns: Iterable[Turn], folder: Path, done: Done) -> None:
        """Give the turns, and those that were starved another one."""
        processors = [processor(number) for number in range(self._threads_at_once)]
        self._starved = []
        self._wait(turns)
        self._side_by_side(processors, folder, done)
        self._wait(self._starved)
        self._side_by_side([None], folder, done)

    def _under(self, others: circumstances.Circumstances) -> None:
        """Go on under other circumstances. Not in the same second: what is written then has another
        time than what was written before."""
        self._workers.circumstances = others
        before = int(time())
        while int(time()) == before:
            sleep(_LOOK_SECONDS)

    def _wait(self, turns: Iterable[Turn]) -> None:
        """Put turns into the queues of their environments."""
        for turn in turns:
            self._waiting.setdefault(turn.job.environment.name, deque()).append(turn)

    def _side_by_side(self, processors: list[int | None], folder: Path, done: Done) -> None:
        """Run every job that waits, one at a time on each processor.

        New threads take over from those that an exception of ours has ended. Where these get no
        further either, the jobs that are left have no answer.
        """
        before, waiting = -1, self._length()
        while waiting not in (0, before):
            self._taken.clear()
            self._threads = [
                threading.Thread(target=self._thread, args=(folder, done, its_own), daemon=True)
                for its_own in processors[:waiting]
            ]
            for thread in self._threads:
                thread.start()
            for thread in self._threads:
                # Python runs the handler of a signal that comes just before a wait only after it.
                while thread.is_alive():
                    thread.join(_SIGNAL_SECONDS)
            before, waiting = waiting, self._length()

    def _length(self) -> int:
        """How many jobs wait."""
        return sum(map(len, self._waiting.values()))

    def _thread(self, folder: Path, done: Done, processor: int | None) -> None:
        """One thread, from its start to its end or to an exception of ours."""
        try:
            self._work(folder, done, processor)
        except Exception as error:
            self.defects.append(defect(error))

    def _stop(self) -> None:
        """End everything that is still running; nothing is, after an undisturbed run."""
        with self._lock:
            self.stopping = True
            self._waiting.clear()
            running = list(self._zygotes)
        for warm in running:
            warm.stop()
        for warm in running:
            warm.wait(_STOP_SECONDS)  # until 3.13 an interrupted `join` takes a thread for ended
        for thread in self._threads:
            thread.join(_STOP_SECONDS)
        self._workers.end()

    def _work(self, folder: Path, done: Done, processor: int | None) -> None:
        """The work of one thread: it has one zygote for the environment that it works for, and one
        for judges."""
        start_judge = self._start_judge if self.sandbox.judge else None
        pair = Pair(self._start, start_judge, folder, processor)
        try:
            while (name := self._choose()) is not None:
                while (turn := self._next(name)) is not None:
                    answer = self._answer(turn, pair, folder)
                    if answer is not None:
                        done(turn.job, answer)
                pair.close_snippets()
        finally:
            pair.close()

    def _answer(self, turn: Turn, pair: Pair, folder: Path) -> Answer | None:
        """What becomes of a job in its turn; None where it is to have another one. What our own
        code raises is the answer of this job alone."""
        try:
            job = turn.patient()
            if job.server or not self._fork:
                reply: Reply | Lost = fresh(job, folder, self._workers)
            else:
                reply = pair.run(job, lambda: self.stopping)
            if (again := turn.tried_again(reply)) is not None:
                self._starved.append(again)
                return None
            if (second := turn.second(reply)) is not None:
                self._seconds.append(second)
                return None
            return turn.answer(reply)
        except Exception as error:
            pair.close()  # whatever it was doing for this job, the next one does not meet it
            return defect(error)

    def _start(self, job: Job, folder: Path) -> Zygote:
        """A new zygote for the job's environment."""
        name = job.environment.name
        framework = self._frameworks.get(name)
        started = zygote.for_snippets(
            self._workers, job.environment, framework, folder, job.limits, job.database
        )
        if started.missing:
            self.missing[name] = started.missing
        return self._known(started)

    def _start_judge(self, job: Job, folder: Path) -> Zygote:
        """A new zygote for judges."""
        return self._known(zygote.for_judges(self._workers, folder, job.limits))

    def _known(self, started: Zygote) -> Zygote:
        with self._lock:
            self._zygotes.add(started)
            if self.stopping:
                started.stop()
        return started

    def _choose(self) -> str | None:
        """The environment to work for: the longest queue that is free, or one worth sharing."""
        with self._lock:
            queues = sorted(self._waiting.items(), key=lambda item: -len(item[1]))
            for name, queue in queues:
                if queue and name not in self._taken:
                    self._taken.add(name)
                    return name
            return next((name for name, queue in queues if len(queue) > _SHARE), None)

    def _next(self, name: str) -> Turn | None:
        with self._lock:
            queue = self._waiting.get(name)
            return queue.popleft() if queue else None
