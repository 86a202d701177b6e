import mmap
import time

HELD = []


def tables():
    """Reads one page of every two mebibytes: each read costs a page that holds the address."""
    with open("holes", "w+b") as file:
        file.truncate(32 << 20)
        for _ in range(20_000):
            part = mmap.mmap(file.fileno(), 32 << 20, mmap.MAP_SHARED, mmap.PROT_READ)
            HELD.append(part)
            for start in range(0, 32 << 20, 2 << 20):
                part[start]
    time.sleep(0.3)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "a gibibyte of page tables": tables,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
