"""Ask for targets until each has its answer, or something ends it: time, a signal, no network."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from .model import Answer, Target
from .web.crawl import Crawl

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


Count = Callable[[Target, Answer], None]


class End(Enum):
    """How the asking ended."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    TIME = "time"
    NETWORK = "network"
    """No host answers any more, so nothing is known of those that were silent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the asking ended, and what was left without an answer that counts."""

    end: End
    left: int
    """How many targets have none."""
    silent: tuple[Answer, ...] = ()
    """The answers that do not count, as no host has answered after them."""
    heard: bool = True
    """Whether any host has answered at all."""


async def ask(
    crawl: Crawl,
    wanted: Sequence[Target],
    count: Count,
    witnesses: Iterable[str],
    seconds: float,
) -> Asked:
    """Ask for all that is wanted.

    Args:
        crawl: asks.
        wanted: the targets.
        count: is given each answer that counts, as soon as it does.
        witnesses: addresses of further hosts, which may be asked whether there is a network.
        seconds: when they are over, the rest is left.
    """
    counted = 0

    def one(target: Target, answer: Answer) -> None:
        nonlocal counted
        counted += 1
        count(target, answer)

    silence = _Silence(lambda: crawl.heard, one)
    end = End.DONE
    try:
        with _ended_by_signals():
            try:
                async with asyncio.timeout(seconds):
                    await crawl.run(wanted, silence.answered)
            except TimeoutError:
                end = End.TIME
            if silence.waiting and await crawl.is_anybody_there(silence.others(witnesses)):
                silence.let_count()
    except asyncio.CancelledError:
        end = End.INTERRUPTED
    silent = tuple(answer for _, answer in silence.waiting)
    if silent and end is End.DONE:
        end = End.NETWORK
    return Asked(end, len(wanted) - counted, silent, crawl.heard > 0)


class _Silence:
    """Passes answers on; those that came from no host once another host has answered after them.

    A name without an address, or a host that does not answer, may as well be a machine without a
    network. So such an answer waits for a witness, and without one it is no answer.

    Args:
        heard: how many responses have come so far, of any host.
        count: is given each answer that counts.
    """

    def __init__(self, heard: Callable[[], int], count: Count) -> None:
        self._heard, self._count = heard, count
        self._waiting: list[tuple[int, Target, Answer]] = []

    def answered(self, target: Target, answer: Answer) -> None:
        """Count an answer, or have it wait."""
        if answer.silent:
            self._waiting.append((self._heard(), target, answer))
            return
        self.let_count()
        self._count(target, answer)

    def let_count(self) -> None:
        """Count what has waited, where a host has answered since."""
        heard = self._heard()
        counted = [entry for entry in self._waiting if entry[0] < heard]
        self._waiting = [entry for entry in self._waiting if entry[0] >= heard]
        for _, target, answer in counted:
            self._count(target, answer)

    def others(self, urls: Iterable[str]) -> list[str]:
        """Those of the addresses that are of other hosts than the silent ones."""
        silent = {_host(target.url) for _, target, _ in self._waiting}
        return [url for url in urls if _host(url) not in silent]

    @property
    def waiting(self) -> list[tuple[Target, Answer]]:
        """What does not count so far."""
        return [(target, answer) for _, target, answer in self._waiting]


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Have signals cancel the current task, where the platform and the thread allow it."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    added = []
    for number in (getattr(signal, name, None) for name in _SIGNALS):
        if number is None or signal.getsignal(number) is signal.SIG_IGN:  # as nohup has it
            continue
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, task.cancel)
            added.append(number)
    try:
        yield
    finally:
        for number in added:
            loop.remove_signal_handler(number)
