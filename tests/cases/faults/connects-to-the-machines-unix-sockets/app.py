import json
import socket
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())


def connects(family, address, kind=socket.SOCK_STREAM):
    with socket.socket(family, kind) as one:
        one.settimeout(0.2)
        one.connect(address)
        one.send(b"hello")


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a socket in a folder": lambda: connects(socket.AF_UNIX, HOST["socket"]),
    "a socket without a file": lambda: connects(socket.AF_UNIX, "\0" + HOST["abstract"]),
    "the bus": lambda: connects(socket.AF_UNIX, "/run/dbus/system_bus_socket"),
    "containers": lambda: connects(socket.AF_UNIX, "/var/run/docker.sock"),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
