def holes():
    with open("holes", "wb") as file:
        file.truncate(1 << 40)


def seeks():
    with open("seeks", "wb") as file:
        file.seek(1 << 40)
        file.write(b"x")


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a tebibyte of holes": holes,
    "a byte at a tebibyte": seeks,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
