"""What a first application does: take a request apart, put a response together."""

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def test_the_root_says_hello(client):
    """`GET /` answers 200 with exactly `Hello, world!`, not a byte more."""
    response = client.get("/")
    assert response.status == 200
    assert response.body == b"Hello, world!"


def test_the_text_is_declared_as_plain_text_in_utf_8(client):
    """The answer says what its bytes are: `Content-Type: text/plain; charset=utf-8`."""
    response = client.get("/")
    assert response.media_type == "text/plain"
    assert (response.charset or "").lower() == "utf-8"


def test_head_answers_with_headers_only(client):
    """`HEAD /` has the status and the type of `GET /`, and no body."""
    response = client.head("/")
    assert response.status == 200
    assert response.media_type == "text/plain"
    assert response.body == b""


def test_head_announces_the_length_of_the_body_it_leaves_out(client):
    """If `HEAD /` names a `Content-Length`, it is the 13 bytes that `GET /` sends."""
    response = client.head("/")
    assert response.status == 200
    assert response.headers.get("Content-Length", "13") == "13"


def test_the_body_is_read_and_written_as_utf_8(client):
    """`POST /shout` with the text `zoë` answers 200 with `ZOË`, in UTF-8 both ways."""
    response = client.post("/shout", body="zoë".encode(), headers=PLAIN)
    assert response.status == 200
    assert response.media_type == "text/plain"
    assert (response.charset or "").lower() == "utf-8"
    assert response.body == "ZOË".encode()


def test_the_handler_chooses_the_status(client):
    """`POST /shout` with an empty body is the client's mistake: 400, and the answer says why."""
    response = client.post("/shout", body=b"", headers=PLAIN)
    assert response.status == 400
    assert response.media_type == "text/plain"
    assert response.text == "Send some text."


def test_the_method_belongs_to_the_question(client):
    """What answers `POST /shout` does not answer `GET /shout`, nor `GET /` a `POST`: 404 or 405."""
    assert client.get("/shout").status in (404, 405)
    assert client.post("/", body=b"hi", headers=PLAIN).status in (404, 405)


def test_bytes_that_are_no_text_are_no_server_error(client):
    """Bytes that are not UTF-8 never cause a 5xx: a body may hold anything."""
    response = client.post("/shout", body=b"zo\xff", headers=PLAIN)
    assert response.status < 500


def test_a_request_header_reaches_the_handler(client):
    """The handler reads the header `X-Request-ID` and sends its value back in the same header."""
    response = client.post("/shout", body=b"hi", headers={**PLAIN, "X-Request-ID": "a-17"})
    assert response.status == 200
    assert response.headers.get_all("X-Request-ID") == ["a-17"]


def test_header_names_ignore_case(client):
    """`x-request-id` is the same header as `X-Request-ID`."""
    response = client.post("/shout", body=b"hi", headers={**PLAIN, "x-request-id": "b-18"})
    assert response.headers.get_all("X-Request-ID") == ["b-18"]


def test_an_answer_leaves_nothing_behind_for_the_next(client):
    """Status and headers set for one request do not show in the answer to the next."""
    client.post("/shout", body=b"", headers={**PLAIN, "X-Request-ID": "c-19"})
    response = client.post("/shout", body=b"hi", headers=PLAIN)
    assert response.status == 200
    assert response.headers.get_all("X-Request-ID") == ["none"]
