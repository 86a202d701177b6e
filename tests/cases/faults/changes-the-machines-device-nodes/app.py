import os
import stat

NODES = ["null", "zero", "full", "random", "urandom", "tty"]


def nodes():
    return [path for name in NODES if os.path.exists(path := f"/dev/{name}")]


def every(change):
    """Whether one of them lets itself be changed."""
    got = []
    for path in nodes():
        try:
            change(path)
            got.append(path)
        except OSError:
            pass
    return bool(got)


def through_a_descriptor(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        os.fchmod(descriptor, stat.S_IMODE(os.stat(path).st_mode))
    finally:
        os.close(descriptor)


def through_proc(path):
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        os.chmod(f"/proc/self/fd/{descriptor}", stat.S_IMODE(os.stat(path).st_mode))
    finally:
        os.close(descriptor)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "rights": lambda: every(lambda path: os.chmod(path, stat.S_IMODE(os.stat(path).st_mode))),
    "rights through a descriptor": lambda: every(through_a_descriptor),
    "rights through /proc": lambda: every(through_proc),
    "owner": lambda: every(lambda path: os.chown(path, os.getuid(), os.getgid())),
    "times": lambda: every(lambda path: os.utime(path, (0, 0))),
    "names": lambda: every(os.unlink),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
