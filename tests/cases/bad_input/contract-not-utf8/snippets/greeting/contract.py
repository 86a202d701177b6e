"""A greeting, by name."""


def test_greets_by_name(client):
    """`GET /hello/Zoë` says hello to Zoë."""
    response = client.get("/hello/Zoë")
    assert response.status == 200
    assert response.text == "Hello, Zoë!"


def test_an_unknown_path_is_404(client):
    """`/missing` is 404."""
    assert client.get("/missing").status == 404
