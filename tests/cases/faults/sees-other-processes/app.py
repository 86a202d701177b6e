import json
import os
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def reads(name, words):
    for process in os.listdir("/proc"):
        try:
            if process.isdigit() and any(
                word in Path(f"/proc/{process}/{name}").read_text() for word in words
            ):
                return True
        except (OSError, ValueError):
            pass
    return False


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "the engine's arguments": lambda: reads("cmdline", ["pytest", "test_faults"]),
    "the engine's variables": lambda: reads("environ", [HOST["token"]]),
    "the engine by its number": lambda: os.kill(HOST["engine"], 0),
    "the variables of process 1": lambda: Path("/proc/1/environ").read_bytes(),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
