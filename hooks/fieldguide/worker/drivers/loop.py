"""One event loop for a driver, stepped from plain code: checks are not coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_END_SECONDS = 1.0


class Loop:
    """Runs what a call asks for to its end; all else that was started goes on meanwhile."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def run(self, work: Awaitable[T]) -> T:
        """Its result."""
        return self._loop.run_until_complete(work)

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """A task that runs whenever the loop does."""
        return self._loop.create_task(work)

    def future(self) -> asyncio.Future[None]:
        """A future of this loop."""
        return self._loop.create_future()

    def wait(self, seconds: float) -> None:
        """Let everything that was started run for so long."""
        self.run(asyncio.sleep(seconds))

    def close(self) -> None:
        """Cancel what is left, and end: what does not end by that is left alone."""
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        if left:
            self.run(asyncio.wait(left, timeout=_END_SECONDS))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
