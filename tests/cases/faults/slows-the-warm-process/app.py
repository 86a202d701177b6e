import contextlib
import os


def app(environ, start_response):
    for process in {os.getppid(), 1}:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, 19)
        with contextlib.suppress(OSError):
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
        with contextlib.suppress(OSError):
            os.sched_setaffinity(process, {min(os.sched_getaffinity(0))})
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
