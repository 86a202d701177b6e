import mmap

SIZE, HELD = 768 << 20, []


def shared():
    HELD.append(mmap.mmap(-1, SIZE, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE))


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "768 MiB of shared memory": shared,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
