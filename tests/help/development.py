"""Start an application as its page says, ask it one request over a socket, and stop it.

A program of its own, that runs inside the sandbox: what to do comes as JSON on its standard input,
what came of it goes to its standard output.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SECONDS = 400.0
"""How long a server may take to listen, on a machine that is busy."""


def main() -> None:
    task = json.load(sys.stdin)
    folder = Path(task["folder"])
    for name, content in task["files"].items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))
    log = folder.with_name(f"{folder.name}.log")
    with log.open("wb") as output:
        server = subprocess.Popen(
            task["command"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        answer = ask(server, task["port"], task["request"])
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(server.pid, number)
                server.wait(5)
    print(json.dumps({**answer, "output": log.read_text("utf-8", "replace")[-4000:]}))


def ask(server: subprocess.Popen[bytes], port: int, request: dict[str, Any]) -> dict[str, object]:
    """The answer, or why there is none."""
    deadline = time.monotonic() + SECONDS
    while True:
        if server.poll() is not None:
            return {"error": f"it ended with status {server.returncode}"}
        if time.monotonic() > deadline:
            return {"error": f"it did not listen on port {port}"}
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", request["target"], headers=dict(request["headers"]))
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return {"error": f"it gave no answer: {error!r}"}
    kind = response.getheader("Content-Type") or ""
    return {"status": response.status, "type": kind, "body": body}


if __name__ == "__main__":
    main()
