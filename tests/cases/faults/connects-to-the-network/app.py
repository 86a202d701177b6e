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
    "a way out over TCP": lambda: connects(socket.AF_INET, ("192.0.2.1", 9)),
    "a way out over UDP": lambda: connects(socket.AF_INET, ("192.0.2.1", 9), socket.SOCK_DGRAM),
    "a way out over IPv6": lambda: connects(socket.AF_INET6, ("2001:db8::1", 9), socket.SOCK_DGRAM),
    "an interface besides its own loopback": lambda: (
        [n for _, n in socket.if_nameindex()] != ["lo"]
    ),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
