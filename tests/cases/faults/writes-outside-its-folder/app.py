import json
import os
import sys
from pathlib import Path

HOST = json.loads(Path("host.json").read_text())
NAME = f"canary-{HOST['token']}"
PLACES = [
    "/",
    "/bin",
    "/dev",
    "/etc",
    "/lib",
    "/proc",
    "/sys",
    "/usr",
    "/usr/lib",
    "/usr/local",
    "/var",
    "/var/tmp",
    sys.prefix,
    sys.base_prefix,
    Path(sys.executable).parent,
    Path(os.__file__).parent,
    HOST["home"],
    HOST["checkout"],
    HOST["project"],
    HOST["canary"],
]


def writer(place):
    return lambda: (Path(place) / NAME).write_text("written")


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    **{f"a file in {place}": writer(place) for place in PLACES},
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
