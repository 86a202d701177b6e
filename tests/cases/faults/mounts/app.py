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


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a file system of its own": lambda: mount("none", Path.cwd(), "tmpfs"),
    "processes": lambda: mount("proc", Path.cwd(), "proc"),
    "another place": lambda: mount("/", Path.cwd(), "none", BIND),
    "its environment, to write": lambda: mount("none", sys.prefix, "none", REMOUNT | BIND),
    "its Python, to write": lambda: mount("none", sys.base_prefix, "none", REMOUNT | BIND),
    "the root, to write": lambda: mount("none", "/", "none", REMOUNT | BIND),
    "without its own folder": lambda: call(
        C.umount2, os.path.dirname(os.getcwd()).encode(), DETACH
    ),
    "without its environment": lambda: call(C.umount2, sys.prefix.encode(), DETACH),
    "another root": lambda: os.chroot("/usr"),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
