import ctypes
import os
import sys
from pathlib import Path

C = ctypes.CDLL(None, use_errno=True)
READ_ONLY, REMOUNT, BIND, DETACH = 1, 32, 4096, 2


def call(function, *arguments):
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), "refused")


def mount(source, target, kind, flags=0):
    call(C.mount, source.encode(), str(target).encode(), kind.encode(), ctypes.c_ulong(flags), None)


def inside(deed):
    """The deed in a child that first makes itself root of namespaces of its own."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            user, group = os.getuid(), os.getgid()
            call(C.unshare, 0x10000000 | 0x20000)
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/uid_map").write_text(f"0 {user} 1")
            Path("/proc/self/gid_map").write_text(f"0 {group} 1")
            deed()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "its environment, to write": lambda: inside(
        lambda: mount("none", sys.prefix, "none", REMOUNT | BIND)
    ),
    "its Python, to write": lambda: inside(
        lambda: mount("none", sys.base_prefix, "none", REMOUNT | BIND)
    ),
    "the root, to write": lambda: inside(lambda: mount("none", "/", "none", REMOUNT | BIND)),
    "what the environment hides": lambda: inside(
        lambda: call(C.umount2, sys.prefix.encode(), DETACH)
    ),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
