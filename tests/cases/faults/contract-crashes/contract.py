import ctypes


def test_it_answers_ok(client):
    """It answers `ok`."""
    client.get("/")
    ctypes.string_at(0)
