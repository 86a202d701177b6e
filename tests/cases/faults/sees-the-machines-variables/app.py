import json
import os
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def kept(text):
    return HOST["token"] in text


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "its own": lambda: kept(str(os.environ)),
    "those it started with": lambda: (
        kept(Path("/proc/self/environ").read_text()) if Path("/proc").exists() else False
    ),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
