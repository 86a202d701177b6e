import os
import resource

KINDS = ("RLIMIT_CPU", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE")


def raises(kind):
    number = getattr(resource, kind)
    _, hard = resource.getrlimit(number)
    if hard == resource.RLIM_INFINITY:
        return True
    resource.setrlimit(number, (hard + 1, hard + 1))


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{kind: lambda kind=kind: raises(kind) for kind in KINDS},
    "a better priority": lambda: os.setpriority(os.PRIO_PROCESS, 0, -10),
    "real time": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
