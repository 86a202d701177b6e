"""Watching over a child: what it leaves, and what ends it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from apart import LIMITS, apart
from miniature import gone

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")

WATCHED = """\
import faulthandler, signal, socket, time
from fieldguide_worker.process import watch

before, child_code = sys.argv[2:4]
limits = json.loads(sys.argv[4])
faulthandler.register(watch.WHERE, file=2)
record_out, record_in = os.pipe()
output_out, output_in = os.pipe()
engine, control = socket.socketpair()
exec(before)
watching = watch.Watch(limits, control, False)
if (child := os.fork()) == 0:
    os.setsid()
    os.dup2(output_in, 1)
    os.dup2(output_in, 2)
    for descriptor in (record_out, output_out, output_in):
        os.close(descriptor)
    try:
        exec(child_code)
    except SystemExit as end:
        os._exit(end.code)
    os._exit(0)
with open("child", "w") as file:
    file.write(str(child))
os.close(record_in)
os.close(output_in)
reply, record = watching.over(child, record_out, output_out)
tell({**reply, "record": record.decode()})
"""
SLEEP = "time.sleep(600)"


def watched(code: str, folder: Path, before: str = "", **limits: float) -> dict[str, Any]:
    """The reply of a watch over a child that runs this code; nothing is left of the child.

    It writes its output to 1 and 2, its record to ``record_in``. ``before`` is run before it is
    there, where it is watched.
    """
    ran = apart(WATCHED, folder, before, code, json.dumps({**LIMITS, **limits}))
    assert ran.status == 0, ran.output
    reply: dict[str, Any] = ran.told
    assert gone(int((folder / "child").read_text()))
    assert reply["seconds"] > 0
    assert reply["waited"] is None or reply["waited"] >= 0
    return reply


@pytest.fixture(params=["", "del os.pidfd_open"], ids=["", "no-pidfd"])
def before(request: pytest.FixtureRequest) -> str:
    """The same where the system tells of an end, and where it has to be asked again and again."""
    if not hasattr(os, "pidfd_open"):
        return ""
    return str(request.param)


def test_what_a_child_leaves(before: str, tmp_path: Path) -> None:
    code = "os.write(1, b'a'); os.write(record_in, b'{}'); os.write(2, b'\\xff'); sys.exit(3)"
    reply = watched(code, tmp_path, before)
    assert (reply["output"], reply["record"], reply["exit"]) == ("a\\xff", "{}", 3)
    assert reply["stopped"] is None


def test_a_signal_is_told_as_one(before: str, tmp_path: Path) -> None:
    reply = watched("os.kill(os.getpid(), signal.SIGSEGV)", tmp_path, before)
    assert (reply["exit"], reply["stopped"]) == (-signal.SIGSEGV, None)


def test_a_child_that_waits_for_ever_is_asked_where_it_stands_and_ended(
    before: str, tmp_path: Path
) -> None:
    reply = watched(SLEEP, tmp_path, before, wall_seconds=1.0)
    assert (reply["exit"], reply["stopped"]) == (-signal.SIGKILL, "time")
    assert reply["output"].startswith("Timeout (asked)\n")


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="it needs /proc")
@pytest.mark.parametrize("helps", ["", "os.fork()\n", "if os.fork(): time.sleep(600)\n"])
def test_processor_time_is_counted_of_a_child_and_of_all_that_it_starts(
    helps: str, tmp_path: Path
) -> None:
    reply = watched(f"{helps}while True: pass", tmp_path, cpu_seconds=0.3)
    assert reply["stopped"] == "processor"
    assert "Timeout (asked)\n" in reply["output"]


def test_the_kernel_may_be_the_one_that_ends_it(tmp_path: Path) -> None:
    reply = watched("os.kill(os.getpid(), signal.SIGXCPU)", tmp_path)
    assert (reply["exit"], reply["stopped"]) == (-signal.SIGXCPU, "processor")


@pytest.mark.parametrize(("descriptor", "stopped"), [("1", "output"), ("record_in", "record")])
def test_a_child_that_writes_too_much_is_ended(
    descriptor: str, stopped: str, before: str, tmp_path: Path
) -> None:
    code = f"while True: os.write({descriptor}, b'x' * 999)"
    before = f"{before}\nwatch.RECORD_BYTES = 70_000"
    reply = watched(code, tmp_path, before, output_bytes=70_000)
    assert (reply["exit"], reply["stopped"]) == (-signal.SIGKILL, stopped)
    lengths = {"output": len(reply["output"]), "record": len(reply["record"])}
    assert lengths == {"output": 0, "record": 0, stopped: 70_000}


def test_exactly_as_much_as_it_may_is_not_too_much(tmp_path: Path) -> None:
    reply = watched("os.write(1, b'x' * 5000)", tmp_path, output_bytes=5000)
    assert (len(reply["output"]), reply["stopped"]) == (5000, None)


def test_a_grandchild_that_holds_the_pipes_is_not_waited_for(before: str, tmp_path: Path) -> None:
    """And it ends with its group."""
    code = "inner = os.fork()\nif not inner: time.sleep(600)\nos.write(1, str(inner).encode())"
    reply = watched(code, tmp_path, before)
    assert (reply["exit"], reply["stopped"]) == (0, None)
    assert gone(int(reply["output"]))


LATE = """\
watch._DRAIN_SECONDS = 0
ended = watch._ended
def late(child):
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    return ended(child)
watch._ended = late
"""


def test_who_had_no_processor_when_a_child_ended_reads_what_it_left(
    before: str, tmp_path: Path
) -> None:
    code = "os.write(1, b'x' * 50_000); os.write(record_in, b'y' * 50_000)"
    reply = watched(code, tmp_path, f"{before}\n{LATE}")
    assert (len(reply["output"]), len(reply["record"])) == (50_000, 50_000)


def test_a_grandchild_that_goes_on_writing_is_not_read_for_ever(
    before: str, tmp_path: Path
) -> None:
    """Where it has left its group, only the end of its engine's namespace ends it."""
    code = """\
if not os.fork():
    os.setsid()
    for _ in range(3000):
        os.write(1, b'x')
        time.sleep(0.01)
"""
    reply = watched(code, tmp_path, before, wall_seconds=2.0)
    assert (reply["exit"], reply["stopped"]) == (0, None)
    assert len(reply["output"]) < 3000


def test_without_an_engine_everything_ends(before: str, tmp_path: Path) -> None:
    """Nobody is there to be told."""
    ran = apart(WATCHED, tmp_path, f"{before}\nengine.close()", SLEEP, json.dumps(LIMITS))
    assert (ran.told, ran.status, ran.output) == (None, 0, "")
    assert gone(int((tmp_path / "child").read_text()))
