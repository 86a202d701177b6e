"""Routing: from a request's path and method to code."""


def test_converts_the_segment(client):
    """`/items/7` reaches the handler with the integer 7."""
    response = client.get("/items/7")
    assert response.status == 200
    assert response.json() == {"id": 7}


def test_unknown_path(client):
    """An unknown path is 404 & nothing else."""
    assert client.get("/nothing").status == 404
