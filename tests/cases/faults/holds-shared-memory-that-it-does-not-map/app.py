import ctypes
import mmap

C = ctypes.CDLL(None, use_errno=True)
C.mmap.restype = ctypes.c_void_p
C.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
STEP, HELD = 16 << 20, []


def shared(descriptor, size=3 << 30):
    """Writes three gibibytes, and lets go of each part at once."""
    memory = mmap.mmap(descriptor, size, mmap.MAP_SHARED)
    HELD.append(memory)
    for start in range(0, size, STEP):
        memory[start : start + STEP] = b"x" * STEP
        memory.madvise(mmap.MADV_DONTNEED, start, STEP)


def nameless():
    for _ in range(200):
        HELD.append(mmap.mmap(-1, STEP, mmap.MAP_SHARED))
        HELD[-1][:] = b"x" * STEP
        HELD[-1].madvise(mmap.MADV_DONTNEED)


def noughts():
    with open("/dev/zero", "r+b", buffering=0) as file:
        where = C.mmap(None, 64 << 20, 3, mmap.MAP_SHARED, file.fileno(), 0)
        return where != ctypes.c_void_p(-1).value


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "three gibibytes": lambda: shared(-1),
    "three gibibytes in parts": nameless,
    "of the device of noughts": noughts,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
