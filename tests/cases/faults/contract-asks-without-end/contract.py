def test_it_answers_ok(client):
    """It answers `ok`."""
    while True:
        client.get("/")
