import ctypes
import os

C = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {"ioprio_set": 251, "sched_setattr": 314},
    "aarch64": {"ioprio_set": 30, "sched_setattr": 274},
}[os.uname().machine]


def call(name, *arguments):
    result = C.syscall(NUMBERS[name], *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


IDLE_DISK = 3 << 13


def attributes(process):
    import struct

    text = struct.pack("<IIQiIQQQ", 48, 3, 0, 0, 0, 0, 0, 0)  # SCHED_BATCH
    return call("sched_setattr", process, text, 0)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "the disk, of process 1": lambda: call("ioprio_set", 1, 1, IDLE_DISK),
    "the disk, of all": lambda: call("ioprio_set", 2, 0, IDLE_DISK),
    "the disk, of the user": lambda: call("ioprio_set", 3, os.getuid(), IDLE_DISK),
    "the processor, of process 1": lambda: attributes(1),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
