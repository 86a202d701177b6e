import socket


def rests():
    with socket.create_server(("127.0.0.1", 5000)) as server:
        there = socket.create_connection(server.getsockname(), timeout=5)
        here, _ = server.accept()
        here.close()
        there.recv(1)
        there.close()
    return False


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "the port": rests,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
