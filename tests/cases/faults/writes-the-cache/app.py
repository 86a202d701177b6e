import json
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def writes(root):
    folder = Path(root) / ".fieldguide"
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    (folder / "cache" / f"run-canary-{HOST['token']}.jsonl").write_text("{}")


def reads(root):
    return bool(list((Path(root) / ".fieldguide" / "cache").iterdir()))


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "writes the project's cache": lambda: writes(HOST["project"]),
    "writes the checkout's cache": lambda: writes(HOST["checkout"]),
    "reads the project's cache": lambda: reads(HOST["project"]),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
