"""What Tornado's driver does with a body that the application takes in pieces."""


def test_a_body_arrives_in_pieces(client):
    """A body of 300 kB comes in several pieces."""
    response = client.post("/upload", body=b"x" * 300_000)
    assert response.json() == {"length": 300_000, "whole": False}


def test_an_empty_body(client):
    """No body, no piece."""
    assert client.post("/upload").json() == {"length": 0, "whole": True}


def test_an_answer_before_the_body(client):
    """An answer in `prepare` ends the request; the body is dropped."""
    response = client.post("/upload", body=b"x" * 300_000, headers={"X-Refuse": "1"})
    assert (response.status, response.text) == (413, "refused")


def test_a_limit(client):
    """A body beyond `set_max_body_size` is 400."""
    assert client.post("/upload", body=b"x" * 400_001).status == 400
