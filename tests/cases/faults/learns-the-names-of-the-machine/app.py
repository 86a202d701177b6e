import json
import os
import socket
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def text(path):
    return bool(Path(path).read_text().strip())


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "its name": lambda: socket.gethostname() == HOST["name"],
    "its name in /proc": lambda: Path("/proc/sys/kernel/hostname").read_text().strip() == HOST["name"],
    "how it was started": lambda: text("/proc/cmdline"),
    "its keys": lambda: text("/proc/keys"),
    "addresses of its kernel": lambda: text("/proc/kallsyms"),
    "its timers": lambda: text("/proc/timer_list"),
    "settings of its administrator": lambda: bool(os.listdir("/usr/local/etc")),
    "that it is user 0": lambda: 0 in (os.getuid(), os.geteuid(), *os.getresgid(), *os.getgroups()),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
