"""What the drivers and the real servers are asked; their exchanges are compared."""


def test_plain(client):
    """A plain answer."""
    client.get("/plain")


def test_head(client):
    """HEAD leaves the body out, whatever the application sends."""
    client.head("/plain")
    client.head("/stream")


def test_reason(client):
    """A status with a reason."""
    client.get("/teapot")


def test_no_content(client):
    """204 with a Content-Type and no body."""
    client.get("/no-content")


def test_not_modified(client):
    """304 with its ETag."""
    tag = client.get("/etag").headers["ETag"]
    client.get("/etag", headers={"If-None-Match": tag})


def test_redirect(client):
    """A redirect without a Content-Type."""
    client.get("/redirect")


def test_repeated_fields(client):
    """Two cookies are two fields."""
    client.get("/cookies")


def test_latin_1_field(client):
    """A field may hold Latin-1."""
    client.get("/latin-1")


def test_stream(client):
    """A body in pieces, some of them empty."""
    client.get("/stream")


def test_big(client):
    """A body of a megabyte and a half."""
    client.get("/big")


def test_connection_field(client):
    """What an application says about the connection ends at the server."""
    client.get("/connection")


def test_echo(client):
    """Method, path, query, fields and body arrive as they were sent."""
    client.get("/echo")
    client.get("/echo/zo%C3%AB/a%2Fb/%FF/a+b%20c", query={"q": "zoë &=", "empty": ""})
    client.get("/echo?", headers={"X-Token": "a, b", "x-other": "zo\xeb"})
    client.post("/echo", body=b"\x00\xff" * 10)
    client.post("/echo")
    client.put("/echo", json={"name": "zoë"})
    client.patch("/echo", form={"name": "zoë"})
    client.delete("/echo")
    client.options("/echo")
    client.post("/echo", body=b"x" * 300_000)
    client.post("/echo", files={"cover": ("a.png", b"\x89PNG", "image/png")})


def test_cookies_come_back(client):
    """A client's cookies reach the application."""
    client.get("/cookies")
    client.get("/echo")


def test_exception(client):
    """An exception is 500, and none of its words are in the answer."""
    response = client.get("/raise")
    assert response.status == 500
    assert b"secret" not in response.body
    assert client.get("/plain").status == 200


def test_exception_before_the_body(client):
    """An exception after the start, and before a byte of the body."""
    response = client.get("/raise-early")
    assert response.status == 500
    assert b"secret" not in response.body


def test_exception_in_the_body(client):
    """An exception after a part of the body is no whole answer."""
    client.get("/raise-late")


def test_exception_after_the_body(client):
    """An exception after the whole body harms no answer."""
    client.get("/raise-after")


def test_length_too_long(client):
    """A Content-Length beyond the body is no whole answer."""
    client.get("/short")


def test_wide_field(client):
    """A field that is not Latin-1 never gets through: this fails everywhere."""
    assert client.get("/wide").status == 200
