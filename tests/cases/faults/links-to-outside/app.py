import contextlib
import json
import os
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def app(environ, start_response):
    with contextlib.suppress(FileExistsError):
        os.symlink(HOST["canary"], "link")
        os.symlink("/", "root")
        os.symlink("loop", "loop")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
