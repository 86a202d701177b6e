def test_it_answers_a_price(client):
    """It answers a price."""
    assert isinstance(client.get("/").json()["price"], float)
