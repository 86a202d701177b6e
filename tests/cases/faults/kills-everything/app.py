import contextlib
import os
import signal


def app(environ, start_response):
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
