"""A fresh interpreter: one job on its input, one record on its output, and nothing stays."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from apart import LIMITS
from miniature import gone

from fieldguide.base.paths import WORKER
from fieldguide.environments import interpreters
from fieldguide.running.processes import variables

DONE: dict[str, Any] = {"raised": None, "threads": []}


def start(folder: Path) -> subprocess.Popen[bytes]:
    """A worker that waits for its job."""
    return subprocess.Popen(
        [*interpreters.judge(), str(WORKER / "__main__.py"), "once"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=variables(folder),
        start_new_session=True,  # at the end it ends its group
    )


def tell(process: subprocess.Popen[bytes], folder: Path, code: str, seconds: float = 600) -> None:
    """Give it a job that is one fence; so many seconds are left to it."""
    job = {
        "role": "group",
        "limits": {**LIMITS, "wall_seconds": seconds},
        "deadline": monotonic() + seconds,
        "folder": str(folder / "snippet"),
        "files": {"a/b.txt": base64.b64encode(b"content").decode()},
        "steps": [{"kind": "python", "source": code, "async": False, "raises": False}],
        "mark": "mark",
        "prefix": "",
        "entry": "",
    }
    assert process.stdin is not None
    process.stdin.write(json.dumps(job).encode() + b"\n")
    process.stdin.flush()


def ran(folder: Path, code: str) -> tuple[dict[str, Any] | None, str, int]:
    """The record, the output and the status of a job whose engine stays until its end."""
    with start(folder) as process:
        tell(process, folder, code)
        assert process.stdout is not None
        assert process.stderr is not None
        record, output = process.stdout.read(), process.stderr.read()
    return json.loads(record) if record else None, output.decode(), process.returncode


def test_the_record_is_on_its_output_and_all_else_beside_it(tmp_path: Path) -> None:
    code = "import os, sys\nprint(open('a/b.txt').read(), os.getcwd())\nsys.stderr.write('x')\n"
    record, output, status = ran(tmp_path, code)
    assert (record, status) == ({"error": None, "steps": [DONE]}, 0)
    inside = (tmp_path / "snippet").resolve()
    assert output == f"\n\x1emark 0\x1e\ncontent {inside}\nx\n\x1emark end\x1e\n"


def test_a_job_can_neither_read_its_orders_nor_write_its_record(tmp_path: Path) -> None:
    """Its input is empty, and what it writes to 1 is output."""
    code = "import os, sys\nprint([sys.stdin.read()])\nos.write(1, b'forged')\n"
    record, output, _ = ran(tmp_path, code)
    assert record == {"error": None, "steps": [DONE]}
    assert "['']\nforged" in output


def test_whoever_forks_is_not_warned_of_our_own_threads(tmp_path: Path) -> None:
    code = "import os\nif os.fork() == 0:\n    os._exit(0)\nos.wait()\n"
    code = code if hasattr(os, "fork") else "pass"
    record, output, _ = ran(tmp_path, code)
    assert record == {"error": None, "steps": [DONE]}
    assert "Warning" not in output


def test_a_thread_that_goes_on_does_not_keep_it(tmp_path: Path) -> None:
    code = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()"
    record, _, status = ran(tmp_path, code)
    assert (record, status) == ({"error": None, "steps": [DONE]}, 0)


def test_shortly_before_its_time_is_over_it_writes_where_it_stands(tmp_path: Path) -> None:
    """It goes on then: to end it is the engine's to do."""
    code = "def waits():\n    import time\n    while True: time.sleep(600)\n\nwaits()"
    with start(tmp_path) as process:
        tell(process, tmp_path, code, seconds=1)
        assert process.stderr is not None
        stack = b""
        while b" in main\n" not in stack:
            line = process.stderr.readline()
            assert line, stack
            stack += line
        process.kill()
    assert b"Timeout (" in stack


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="groups are of POSIX")
def test_without_the_engine_it_ends_with_all_that_it_started(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "child = os.fork()\n"
        "if child: print('child', child, flush=True)\n"
        "time.sleep(600)\n"
    )
    with start(tmp_path) as process:
        tell(process, tmp_path, code)
        assert process.stderr is not None
        lines = iter(process.stderr.readline, b"")
        words = next(line.split() for line in lines if line.startswith(b"child"))
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() != 0
    assert gone(int(words[1]))
