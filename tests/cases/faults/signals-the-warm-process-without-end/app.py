import contextlib
import os
import signal
import time


def signals():
    before = os.statvfs("/proc/1").f_bfree
    for _ in range(20_000):
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGXCPU, signal.SIGALRM):
            with contextlib.suppress(ProcessLookupError):
                os.kill(1, number)
    time.sleep(0.1)
    return os.statvfs("/proc/1").f_bfree < before


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "signals": signals,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
