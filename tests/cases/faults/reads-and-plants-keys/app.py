import ctypes
import os

C = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {"add_key": 248, "request_key": 249, "keyctl": 250},
    "aarch64": {"add_key": 217, "request_key": 218, "keyctl": 219},
}[os.uname().machine]


def call(name, *arguments):
    result = C.syscall(NUMBERS[name], *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result


SESSION, USER, USERS_SESSION = -3, -4, -5


def plants(ring):
    return call("add_key", b"user", b"planted", b"x", ctypes.c_size_t(1), ctypes.c_long(ring))


def reads(ring):
    text = ctypes.create_string_buffer(4096)
    return call("keyctl", 11, ctypes.c_long(ring), text, ctypes.c_size_t(4096)) > 0


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a key in its session": lambda: plants(SESSION),
    "a key of the user": lambda: plants(USER),
    "a key in the user's session": lambda: plants(USERS_SESSION),
    "the keys of the user": lambda: reads(USER),
    "the keys of the user's session": lambda: reads(USERS_SESSION),
    "asks for a key": lambda: call("request_key", b"user", b"planted", None, ctypes.c_long(0)),
    "a keyring by its name": lambda: call("keyctl", 1, b"fieldguide"),
    "the list of all keys": lambda: open("/proc/keys").read(),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
