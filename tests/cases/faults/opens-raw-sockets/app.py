import socket


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "packets": lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW),
    "raw IP": lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "a port below 1024": lambda: socket.create_server(("127.0.0.1", 80)),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
