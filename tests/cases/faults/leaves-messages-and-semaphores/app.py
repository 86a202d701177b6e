import ctypes
import os

C = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {"msgget": 68, "semget": 64, "shmget": 29, "mq_open": 240},
    "aarch64": {"msgget": 186, "semget": 190, "shmget": 194, "mq_open": 180},
}[os.uname().machine]


def call(name, *arguments):
    result = C.syscall(NUMBERS[name], *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


CREATE = 0o1666


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a queue": lambda: call("msgget", 7, CREATE),
    "a semaphore": lambda: call("semget", 7, 1, CREATE),
    "a segment": lambda: call("shmget", 7, ctypes.c_size_t(4096), CREATE),
    "a queue with a name": lambda: call("mq_open", b"left", os.O_CREAT | os.O_RDWR, 0o666, None),
    "queues without end": lambda: [call("msgget", 0, CREATE) for _ in range(30_000)],
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
