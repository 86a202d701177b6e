"""One event loop, stepped from plain code."""

from __future__ import annotations

import asyncio

import pytest

from fieldguide.worker.drivers.loop import Loop


def test_what_was_started_goes_on_at_the_next_call() -> None:
    loop, steps = Loop(), []

    async def background() -> None:
        while True:
            steps.append("step")
            await asyncio.sleep(0)

    async def work(result: int) -> int:
        await asyncio.sleep(0)
        return result

    task = loop.start(background())
    assert steps == []
    assert loop.run(work(1)) == 1
    first = len(steps)
    assert first > 0
    assert loop.run(work(2)) == 2
    assert len(steps) > first
    loop.close()
    assert task.cancelled()


def test_what_the_work_raises_is_raised() -> None:
    loop = Loop()

    async def work() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        loop.run(work())
    loop.close()


def test_time_passes_for_what_was_started() -> None:
    loop, steps = Loop(), []

    async def background() -> None:
        await asyncio.sleep(0.02)
        steps.append("done")

    loop.start(background())
    loop.wait(0.1)
    assert steps == ["done"]
    loop.close()


def test_what_cannot_be_cancelled_does_not_hold_the_end_up() -> None:
    loop = Loop()

    async def stubborn() -> None:
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue

    loop.start(stubborn())
    loop.wait(0)
    loop.close()
