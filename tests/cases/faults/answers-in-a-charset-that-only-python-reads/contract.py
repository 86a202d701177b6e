def test_it_answers_ok(client):
    """It answers `ok`."""
    assert client.get("/").text == "ok"
