import ctypes
import os
from pathlib import Path

C = ctypes.CDLL(None, use_errno=True)
ATTACH, SEIZE = 16, 0x4206


def call(function, *arguments):
    if function(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def opens(path, mode):
    with open(path, mode) as file:
        return file.fileno() >= 0


def reads(process):
    """A few bytes of another's memory, with no file of it."""
    where = ctypes.c_size_t(0)
    local = (ctypes.c_size_t * 2)(ctypes.addressof(where), 8)
    remote = (ctypes.c_size_t * 2)(id(None), 8)
    call(C.process_vm_readv, process, local, 1, remote, 1, 0)


def through(process):
    """One of its descriptors, by the link in /proc."""
    for name in range(8):
        try:
            return opens(f"/proc/{process}/fd/{name}", "rb")
        except OSError:
            continue
    return False


def steals(process):
    """One of its descriptors."""
    pidfd_getfd = 438
    handle = os.pidfd_open(process)
    call(C.syscall, pidfd_getfd, handle, 0, 0)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{
        f"{deed} {name}": lambda function=function, process=process: function(process)
        for name, process in (("its parent", os.getppid()), ("process 1", 1))
        for deed, function in {
            "traces": lambda process: call(C.ptrace, ATTACH, process, 0, 0),
            "seizes": lambda process: call(C.ptrace, SEIZE, process, 0, 0),
            "opens the memory of": lambda process: opens(f"/proc/{process}/mem", "r+b"),
            "reads the memory of": reads,
            "takes a descriptor of": steals,
            "opens a descriptor of": through,
            "reads the map of": lambda process: bool(Path(f"/proc/{process}/maps").read_text()),
        }.items()
    },
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
