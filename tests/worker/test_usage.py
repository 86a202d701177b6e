"""What a process and those below it use of the processor."""

from __future__ import annotations

import os
import subprocess
from time import process_time

import pytest

from fieldguide.worker import proc
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


@pytest.mark.parametrize("listed", [True, False])
def test_what_a_child_of_a_child_uses_counts(listed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the kernel lists no children: then each process says whose it is."""
    if listed and not proc._LISTS_CHILDREN:
        pytest.skip("this kernel lists no children")
    monkeypatch.setattr(proc, "_LISTS_CHILDREN", listed)
    loop = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"
    command = f"sh -c '{loop}; echo done; read -r word'; :"
    with subprocess.Popen(
        ["sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline() == "done\n"
        usage = Usage(first.pid)
        usage.look()
        first.stdin.write("\n")
    assert usage.used >= 0.05
