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


def app(environ, start_response):
    for descriptor in channels():
        os.write(descriptor, b"\xff" * 4)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
