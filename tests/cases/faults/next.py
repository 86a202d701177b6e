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


def listens_where_others_did():
    """On a port that everybody uses, without the option that takes a resting one."""
    if socket.gethostname() != "fieldguide":  # the machine's own ports: whoever else has that one
        return True
    with socket.socket() as server:
        server.bind(("127.0.0.1", 5000))
        return True


def makes_files_as_they_are_made():
    """With the rights that its mask leaves, and without anything that a folder passes on."""
    os.umask(mask := os.umask(0))
    folder = "/dev/shm" if os.path.isdir("/dev/shm") else "."
    path = os.path.join(folder, f"next-{os.getpid()}")
    with open(path, "wb") as file:
        rights = os.fstat(file.fileno()).st_mode & 0o777
    passed_on = os.listxattr(path) if hasattr(os, "listxattr") else []
    os.unlink(path)
    return rights == 0o666 & ~mask and not passed_on


WORKS = {
    "write four MiB": writes,
    "be alone in its temporary folder": alone,
    "start a thread": threads,
    "start a process": forks,
    "listen on its loopback": listens,
    "listen on a port that has been used": listens_where_others_did,
    "make a file as files are made": makes_files_as_they_are_made,
}
