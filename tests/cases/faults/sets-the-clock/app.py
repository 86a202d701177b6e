import time


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "the clock": lambda: time.clock_settime(
        time.CLOCK_REALTIME, time.clock_gettime(time.CLOCK_REALTIME)
    ),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
