def test_it_answers_ok(client):
    """It answers `ok`."""
    client.post("/", body=b"x" * 100_000_000)
    assert client.get("/").status == 200
