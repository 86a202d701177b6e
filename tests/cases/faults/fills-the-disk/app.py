from pathlib import Path


def fill():
    for number in range(20):
        Path(f"full-{number}").write_bytes(b"x" * (8 << 20))


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "160 MiB in its folder": fill,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
