def test_it_answers_ok(client):
    """It answers `ok`, and so nothing that it tried was allowed."""
    response = client.get("/")
    assert response.status == 200
    assert response.text == "ok"
