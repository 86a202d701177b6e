import fcntl
import os
import struct
import tempfile

PLACES = [tempfile.gettempdir(), os.getcwd(), "/dev/shm"]
LIST = struct.pack("<I" + "HHI" * 3, 2, 1, 0, 2**32 - 1, 4, 0, 2**32 - 1, 32, 0, 2**32 - 1)
SET_FLAGS, NO_DUMP, NO_TIMES = 0x40086602, 0x40, 0x80


def every(change):
    got = []
    for place in PLACES:
        try:
            change(place)
            got.append(place)
        except OSError:
            pass
    return bool(got)


def flags(place):
    descriptor = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, SET_FLAGS, struct.pack("<l", NO_DUMP | NO_TIMES))
    finally:
        os.close(descriptor)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "an attribute": lambda: every(lambda place: os.setxattr(place, "user.left", b"by me")),
    "a list for all files": lambda: every(
        lambda place: os.setxattr(place, "system.posix_acl_default", LIST)
    ),
    "flags for all files": lambda: every(flags),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
