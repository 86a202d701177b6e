def test_it(client):
    """It is."""
