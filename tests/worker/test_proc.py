"""Which processes are below one, and how each stands, as /proc says it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from fieldguide.worker import proc

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="it needs /proc")


@pytest.mark.parametrize("listed", [True, False])
def test_children_are_descendants_until_they_have_ended(
    listed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the kernel lists no children: then each process says whose it is."""
    if listed and not proc._LISTS_CHILDREN:
        pytest.skip("this kernel lists no children")
    monkeypatch.setattr(proc, "_LISTS_CHILDREN", listed)
    wait = [sys.executable, "-c", "input()"]
    with subprocess.Popen(wait, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.pid in proc.descendants(os.getpid())
        assert child.pid not in proc.descendants(child.pid)
        assert not proc.ended(child.pid)
        child.kill()
        child.wait()
        assert proc.ended(child.pid)
        assert child.pid not in proc.descendants(os.getpid())


def test_of_a_process_that_has_gone_nothing_is_known() -> None:
    child = os.spawnlp(os.P_NOWAIT, "true", "true")
    os.waitpid(child, 0)
    assert (proc.fields(child), proc.threads(child), proc.descendants(child)) == ([], [], [])
    assert proc.used(child) == 0
    assert proc.ended(child)
