import os
import socket
import tempfile
import threading
from pathlib import Path


def app(environ, start_response):
    missing = [what for what, works in WORKS.items() if not works()]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(missing) or "ok").encode()]


def writes():
    Path("file").write_bytes(b"x" * (4 << 20))
    return Path("file").stat().st_size == 4 << 20


def alone():
    return sorted(os.listdir(tempfile.gettempdir())) == [Path.cwd().name]


def threads():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    return threading.active_count() == 1


def forks():
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=1):
            return True


WORKS = {
    "write four MiB": writes,
    "be alone in its temporary folder": alone,
    "start a thread": threads,
    "start a process": forks,
    "listen on its loopback": listens,
}
