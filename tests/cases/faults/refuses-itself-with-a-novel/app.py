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


def send(message):
    content = json.dumps(message).encode()
    for descriptor in channels():
        os.write(descriptor, len(content).to_bytes(4, "big") + content)


send({"error": {"kind": "raised", "message": "x" * 50_000_000, "traceback": "x" * 10_000_000}})
os._exit(0)


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
