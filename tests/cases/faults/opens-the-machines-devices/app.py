import glob
import os
import stat


def opens(path):
    os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY))


def makes(major, minor, kind=stat.S_IFCHR):
    os.mknod(f"device-{major}-{minor}", kind | 0o600, os.makedev(major, minor))


KNOWN = {"full", "null", "ptmx", "random", "tty", "urandom", "zero", "console"}


def others():
    """Devices besides those that every program needs."""
    found = [
        path
        for path in glob.glob("/dev/*")
        if stat.S_ISCHR(os.stat(path).st_mode) or stat.S_ISBLK(os.stat(path).st_mode)
    ]
    return bool({os.path.basename(path) for path in found} - KNOWN)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{
        path: lambda path=path: opens(path)
        for path in (
            "/dev/kmsg",
            "/dev/mem",
            "/dev/sda",
            "/dev/vda",
            "/dev/tty",
            "/dev/fuse",
            "/dev/kvm",
            "/dev/net/tun",
        )
    },
    "makes a memory device": lambda: makes(1, 1),
    "makes a disk": lambda: makes(8, 0, stat.S_IFBLK),
    "other devices": others,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
