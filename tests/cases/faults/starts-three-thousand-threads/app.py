import threading
import time

STOP = threading.Event()


def threads():
    threading.stack_size(64 << 10)
    for _ in range(3_000):
        threading.Thread(target=STOP.wait, daemon=True).start()
    time.sleep(0.3)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "3,000 threads": threads,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
