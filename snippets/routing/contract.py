"""How an application finds the handler for a path and a method, and the path for a handler."""

from urllib.parse import urlsplit


def test_the_segment_arrives_as_an_integer(client):
    """`GET /items/7` reaches the handler with the integer 7: the answer is the JSON `{"id": 7}`."""
    response = client.get("/items/7")
    assert response.status == 200
    assert response.media_type == "application/json"
    assert response.json() == {"id": 7}


def test_only_digits_are_an_item(client):
    """`/items/abc`, `/items/7x` and `/items/-1` match no route: 404. `/items/0` does."""
    assert client.get("/items/abc").status == 404
    assert client.get("/items/7x").status == 404
    assert client.get("/items/-1").status == 404
    assert client.get("/items/0").json() == {"id": 0}


def test_a_text_segment_arrives_decoded(client):
    """`GET /tags/zo%C3%AB` reaches the handler with the text `zoë`."""
    response = client.get("/tags/zo%C3%AB")
    assert response.status == 200
    assert response.json() == {"tag": "zoë"}


def test_an_empty_segment_is_no_text(client):
    """`/tags/` has nothing where the tag belongs: 404."""
    assert client.get("/tags/").status == 404


def test_a_route_matches_the_whole_path(client):
    """A longer path is another path: `/items/7/more` and `/tags/a/b` are 404."""
    assert client.get("/items/7/more").status == 404
    assert client.get("/tags/a/b").status == 404


def test_a_trailing_slash_makes_another_path(client):
    """`/items/7/` is not `/items/7`: 404."""
    assert client.get("/items/7/").status == 404


def test_an_unknown_path_is_404(client):
    """`/missing` is 404."""
    assert client.get("/missing").status == 404


def test_a_wrong_method_is_405(client):
    """A known path with a method it has no handler for is 405, not 404."""
    assert client.delete("/items/7").status == 405
    assert client.delete("/tags/new").status == 405
    assert client.get("/items").status == 405


def test_allow_names_the_methods_that_work(client):
    """A 405 says in `Allow` what would have worked: `GET` for an item, `POST` for the items."""
    item = client.delete("/items/7").headers.get("Allow", "")
    items = client.get("/items").headers.get("Allow", "")
    assert "GET" in methods(item)
    assert methods(item) <= {"GET", "HEAD", "OPTIONS"}
    assert "POST" in methods(items)
    assert methods(items) <= {"POST", "OPTIONS"}


def test_a_created_item_is_found_at_its_location(client):
    """`POST /items` answers 201, and its `Location` is the URL that leads to the item."""
    created = client.post("/items")
    assert created.status == 201
    path = urlsplit(created.headers.get("Location", "")).path
    assert path == "/items/7"
    assert client.get(path).json() == created.json()


def methods(allow: str) -> set[str]:
    return {method.strip() for method in allow.split(",")}
