"""Worker processes that are played: what the engine tells them is heard, and answered at once.

Everything of the engine runs as it does with real ones, up to its ends of sockets and pipes.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import Any

from fieldguide.model import Limits

Told = dict[str, Any]
"""A message of the engine, as JSON has it."""

USUAL = Limits().wall_seconds
STACK = 'Timeout (asked)\n  File "/tmp/fieldguide-1/main.py", line 1 in <module>\n'
NOBODY = 2**31 - 1
"""The number of a process that no system has."""
MESSAGE = {"start": "GET / HTTP/1.1", "headers": [["Host", "localhost"]], "body": ""}
EXCHANGE = {"request": MESSAGE, "response": {**MESSAGE, "start": "HTTP/1.1 200 OK"}}


class Played:
    """A process that is a thread; it has ended when the thread has."""

    pid = NOBODY
    returncode = 0

    def __init__(self, play: Callable[[], None], **pipes: Any) -> None:
        self.stdin = pipes.get("stdin")
        self.stdout, self.stderr = pipes.get("stdout"), pipes.get("stderr")
        self._thread = threading.Thread(target=play, daemon=True)
        self._thread.start()

    def poll(self) -> int | None:
        """The status, if it has ended."""
        return None if self._thread.is_alive() else 0

    def wait(self, timeout: float | None = None) -> int:
        """The status, when it has ended."""
        self._thread.join(timeout)
        if self._thread.is_alive():
            raise subprocess.TimeoutExpired("played", timeout or 0)
        return 0

    def kill(self) -> None:
        """Nothing: it ends when nobody speaks to it any more."""


def start(workers: object, interpreter: object, arguments: Sequence[str], **given: Any) -> Played:
    """Stands in for `Workers.start`."""
    if arguments[0] == "zygote":
        control = socket.socket(fileno=os.dup(given["stdin"].fileno()))
        return Played(lambda: _serve(control))
    ends = [os.pipe() for _ in range(3)]
    job, record, output = (os.fdopen(end, "rb") for end, _ in ends)
    to_job, to_record, to_output = (os.fdopen(end, "wb") for _, end in ends)

    def once() -> None:
        with contextlib.suppress(OSError, ValueError), job, to_record, to_output:
            told = json.loads(job.readline())
            to_output.write(printed(told).encode())
            to_record.write(record_of(told))

    return Played(once, stdin=to_job, stdout=record, stderr=output)


def _serve(control: socket.socket) -> None:
    """A zygote: ready, then an answer to each job."""
    with control, contextlib.suppress(OSError):  # an engine that broke has closed its end
        _say(control, {"ready": True, "missing": [], "threads": 1})
        while (told := _heard(control)) is not None:
            record = b"" if told["role"] == "app" or _waits(told) else record_of(told)
            ended: Told = {
                "exit": 0,
                "stopped": None,
                "seconds": 0.1,
                "waited": 0.0,
                "waits": False,
            }
            if waits := _waits(told):
                ended |= {"stopped": "time", "waited": 0.1 if waits == "starves" else 0.0}
            whole = {**ended, "id": told["id"], "output": printed(told), "record": len(record)}
            _say(control, whole, record)


def _heard(control: socket.socket) -> Told | None:
    head, descriptors, _, _ = socket.recv_fds(control, 4, 1)
    for descriptor in descriptors:
        os.close(descriptor)
    length, content = int.from_bytes(head, "big"), b""
    while len(content) < length and (chunk := control.recv(1 << 20)):
        content += chunk
    told: Told | None = json.loads(content) if len(head) == 4 and content else None
    return told


def _say(control: socket.socket, message: Told, record: bytes = b"") -> None:
    control.sendall(json.dumps(message).encode() + b"\n" + record)


def _waits(told: Told) -> str:
    """The word in a group's code that says how it runs out of time; empty where it does not."""
    code = "".join(step.get("source", "") for step in told["steps"])
    if "starves" in code:
        return "starves" if told["limits"]["wall_seconds"] == USUAL else ""
    return "waits" if "waits" in code else ""


def printed(told: Told) -> str:
    """What a job prints: a group its marks, and in each step a line."""
    if _waits(told):
        return f"\n\x1e{told['mark']} 0\x1e\nhello\n{STACK}"
    steps = [f"\n\x1e{told['mark']} {number}\x1e\nhello\n" for number in range(len(told["steps"]))]
    return "".join([*steps, f"\n\x1e{told['mark']} end\x1e\n"]) if steps else "hello\n"


def record_of(told: Told) -> bytes:
    """An honest record. What has the word ``wrong`` in its code or its contract does not hold."""
    if told["role"] == "group":
        return json.dumps({"error": None, "steps": list(map(_step, told["steps"]))}).encode()
    if "refuses" in told["contract"]:
        refusal = {"kind": "unknown app", "message": "it is None"}
        return json.dumps({"error": refusal, "checks": []}).encode()
    failure = {"message": "expected 200, got 404", "file": "app.py", "line": 1}
    wrong = "wrong" in told["contract"]
    check = {"outcome": "failed" if wrong else "passed", "failure": failure if wrong else None}
    checks = [{"name": name, "exchanges": [EXCHANGE], **check} for name in told["checks"]]
    return json.dumps({"error": None, "checks": checks}).encode()


def _step(step: Told) -> Told:
    match step["kind"]:
        case "python":
            raised = {"names": ["ValueError"], "text": "ValueError: wrong", "line": 1}
            return {"raised": raised if "wrong" in step["source"] else None, "threads": []}
        case "pycon":
            return {"got": [{"output": "1\n", "raised": None} for _ in step["examples"]]}
        case "console":
            return {"commands": [{"output": "hello\n", "exit": 0} for _ in step["commands"]]}
        case "http":
            return {"exchanges": [EXCHANGE for _ in step["exchanges"]], "broken": None}
    return {}
