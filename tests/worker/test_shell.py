"""The shell of ``console`` fences: how a server in the background is waited for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fieldguide.base.paths import ENGINE

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="only there a process's state is known"
)
RUN = """\
import json, sys, time
from pathlib import Path
from fieldguide.worker.fences.shell import Shell

limits = {"wall_seconds": 40, "cpu_seconds": 4, "output_bytes": 1 << 20}
shell = Shell(Path.cwd(), "", limits, {})
before = time.monotonic()
replies = [shell.run(command) for command in sys.argv[1:]]
shell.close()
print(json.dumps([replies, time.monotonic() - before]))
"""
SERVER = """\
import socket, sys, time
def spin(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
server = socket.create_server(("127.0.0.1", 0))
print("listening")
{then}
server.accept()
"""


def run(folder: Path, *commands: str) -> tuple[list[dict[str, Any]], float]:
    """What the commands print in one shell, and how long all of them take."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *commands],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ENGINE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    replies, seconds = json.loads(done.stdout)
    return replies, seconds


def server(folder: Path, then: str) -> str:
    """A server that does something between listening and its first request; its command."""
    folder.joinpath("server.py").write_text(SERVER.format(then=then), "utf-8")
    return "python server.py &"


def test_what_a_server_says_is_whole_however_long_it_works_for_it(tmp_path: Path) -> None:
    command = server(tmp_path, 'spin(0.3); print("ready")')
    replies, _ = run(tmp_path, command, "echo next")
    assert [reply["output"] for reply in replies] == ["listening\nready\n", "next\n"]
    assert [reply["exit"] for reply in replies] == [0, 0]


@pytest.mark.parametrize(
    "then",
    [
        pytest.param("spin(1000)", id="works", marks=pytest.mark.whole),
        pytest.param('while True: time.sleep(0.02); print("still here")', id="talks"),
    ],
)
def test_a_server_that_never_rests_is_not_waited_for(tmp_path: Path, then: str) -> None:
    replies, seconds = run(tmp_path, server(tmp_path, then), "echo next")
    assert replies[0]["output"].startswith("listening\n")
    assert replies[1] == {"output": "next\n", "exit": 0}
    assert seconds < 20


def test_one_that_ends_has_its_status(tmp_path: Path) -> None:
    replies, _ = run(tmp_path, "sh -c 'echo no; exit 3' &", 'echo "$?"')
    assert replies == [{"output": "no\n", "exit": 3}, {"output": "3\n", "exit": 0}]
