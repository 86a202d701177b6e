import ctypes

SIZE = 768 << 20
C = ctypes.CDLL(None, use_errno=True)
C.shmat.restype = ctypes.c_void_p


def segment():
    number = C.shmget(0, ctypes.c_size_t(SIZE), 0o1600)
    where = C.shmat(number, None, 0)
    if number < 0 or where == ctypes.c_void_p(-1).value:
        return False
    populate_write = 23
    C.madvise(ctypes.c_void_p(where), ctypes.c_size_t(SIZE), populate_write)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "768 MiB of shared memory": segment,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
