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
    "over TCP": lambda: connects(socket.AF_INET, ("127.0.0.1", HOST["port"])),
    "over any address": lambda: connects(socket.AF_INET, ("0.0.0.0", HOST["port"])),
    "over IPv6": lambda: connects(socket.AF_INET6, ("::1", HOST["port"])),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
