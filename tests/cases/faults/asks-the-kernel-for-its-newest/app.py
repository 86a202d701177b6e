import ctypes
import os

C = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {"io_uring_setup": 425, "userfaultfd": 323, "bpf": 321, "perf_event_open": 298, "memfd_secret": 447, "fsopen": 430, "open_tree": 428, "clone3": 435, "fanotify_init": 300, "kcmp": 312, "io_setup": 206, "newer": 470},
    "aarch64": {"io_uring_setup": 425, "userfaultfd": 282, "bpf": 280, "perf_event_open": 241, "memfd_secret": 447, "fsopen": 430, "open_tree": 428, "clone3": 435, "fanotify_init": 262, "kcmp": 272, "io_setup": 0, "newer": 470},
}[os.uname().machine]


def call(name, *arguments):
    result = C.syscall(NUMBERS[name], *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


ROOM = ctypes.create_string_buffer(256)


def alive():
    """Whether a call is there at all: with nonsense for arguments it fails in a way of its own."""
    absent = []
    for name in NUMBERS:
        number = NUMBERS[name]
        C.syscall(number, ctypes.c_long(-1), None, ctypes.c_long(-1), ctypes.c_long(-1))
        absent.append(ctypes.get_errno() in (1, 38))
    return not all(absent)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a ring": lambda: call("io_uring_setup", 4, ROOM),
    "faults of its memory": lambda: call("userfaultfd", 1),
    "a program in the kernel": lambda: call("bpf", 5, ROOM, 120),
    "a file system": lambda: call("fsopen", b"tmpfs", 0),
    "a tree": lambda: call("open_tree", -100, b"/", 1),
    "a secret": lambda: call("memfd_secret", 0),
    "anything": alive,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
