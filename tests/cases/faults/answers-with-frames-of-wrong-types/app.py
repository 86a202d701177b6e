import json
import os
import stat


def channels():
    """The descriptors that lead out: sockets and pipes."""
    for descriptor in range(3, 256):
        try:
            mode = os.fstat(descriptor).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode):
            yield descriptor


FRAMES = (
    None,
    7,
    [],
    {},
    {"answers": None},
    {"answers": [{}, {}]},
    {"answers": [{"response": [200]}]},
    {"answers": [{"broken": 7}], "place": []},
    {"answers": [{"response": ["200", None, 7, "ok"]}], "place": 7},
    {"error": 7},
    {"error": {}},
    {"answers": [{"response": [200, "OK", [["a"]], "ok"]}]},
    {"answers": [{"response": [10**400, "OK", [], "\ud800"]}], "place": {}},
)


def app(environ, start_response):
    for descriptor in channels():
        text = json.dumps(FRAMES[os.getpid() % len(FRAMES)]).encode()
        os.write(descriptor, len(text).to_bytes(4, "big") + text)
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"no"]
