import socket
from pathlib import Path


def allowed(deed):
    try:
        deed()
    except OSError:
        return False
    return True


def test_it_answers_ok(client):
    """It answers `ok`."""
    assert not allowed(lambda: Path("/etc/passwd").read_bytes())
    assert not allowed(lambda: Path("/usr/lib/canary").write_text(""))
    assert not allowed(lambda: Path("/proc/1/mem").open("r+b"))
    assert not allowed(lambda: socket.create_connection(("192.0.2.1", 9), timeout=0.2))
    assert [name for _, name in socket.if_nameindex()] == ["lo"]
    assert client.get("/").status == 200
