import ctypes
import os

C = ctypes.CDLL(None, use_errno=True)
READ_ONLY, REMOUNT, BIND, DETACH = 1, 32, 4096, 2


def call(function, *arguments):
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), "refused")


def mount(source, target, kind, flags=0):
    call(C.mount, source.encode(), str(target).encode(), kind.encode(), ctypes.c_ulong(flags), None)


NAMESPACES = {
    "users": 0x10000000,
    "mounts": 0x20000,
    "network": 0x40000000,
    "processes": 0x20000000,
}


def unshares(flags):
    child = os.fork()
    if child == 0:
        os._exit(0 if C.unshare(flags) == 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{f"its own {name}": lambda flag=flag: unshares(flag) for name, flag in NAMESPACES.items()},
    **{
        f"its own users and {name}": lambda flag=flag: unshares(flag | NAMESPACES["users"])
        for name, flag in NAMESPACES.items()
    },
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
