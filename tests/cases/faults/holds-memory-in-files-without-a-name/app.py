import os

HELD = []


def nameless():
    for _ in range(32):
        HELD.append(open(os.memfd_create("held"), "wb", 0))
        os.posix_fallocate(HELD[-1].fileno(), 0, 24 << 20)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "768 MiB in files without a name": nameless,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
