"""What a process and those below it use of the processor."""

from __future__ import annotations

import os
from time import process_time

import pytest

from fieldguide.worker.process.usage import Usage

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="it needs /proc")


def test_processor_time_grows_with_work() -> None:
    usage = Usage(os.getpid())
    assert usage.used == 0
    usage.look()
    before = usage.used
    assert before > 0
    end = process_time() + 0.1
    while process_time() < end:
        pass
    usage.look()
    assert usage.used >= before + 0.05
    assert usage.waited is None or usage.waited >= 0


def test_a_process_that_has_ended_has_used_nothing_more() -> None:
    child = os.spawnlp(os.P_NOWAIT, "true", "true")
    os.waitpid(child, 0)
    usage = Usage(child)
    usage.look()
    assert usage.used == 0
