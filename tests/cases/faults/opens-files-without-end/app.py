import os

HELD = []


def many():
    for _ in range(2000):
        HELD.append(os.open(os.devnull, os.O_RDONLY))


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "two thousand open files": many,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
