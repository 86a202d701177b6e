"""What an application does around every handler: ids, timing, refusing, cleaning up, in order."""

import re
from time import perf_counter

KEY = {"Authorization": "Bearer for-development-only"}
HARMLESS = re.compile("[A-Za-z0-9._-]{1,64}")
TIMING = re.compile(r"app;dur=([0-9]+(\.[0-9]+)?)")
HOSTILE = ["a" * 65, "a" * 4000, "two words", 'a"b', "a;b", "a/b", "é", "<script>alert(1)</script>"]
CONNECTIONS = 4


def test_every_answer_has_a_request_id(client):
    """A page, a 404, a 405, a 500 and a 401 have one `X-Request-ID`: letters, digits and `._-`."""
    for response in all_sorts(client):
        assert len(response.headers.get_all("X-Request-ID")) == 1
        assert HARMLESS.fullmatch(response.headers["X-Request-ID"])


def test_a_method_that_nobody_expects_has_an_id_too(client):
    """Attack: `PROPFIND /`, an odd method, is 405 with an id, and the next request works."""
    response = client.request("PROPFIND", "/", headers={"X-Request-ID": "odd-1"})
    assert response.status == 405
    assert response.headers.get_all("X-Request-ID") == ["odd-1"]
    assert client.get("/").status == 200


def test_a_path_that_is_no_text_has_an_id_too(client):
    """Attack: `/%FFprivate`, with a byte that is no UTF-8, gets an id, no 500, and no handler."""
    response = client.get("/%FFprivate", headers={"X-Request-ID": "odd-2"})
    assert 400 <= response.status < 500
    assert response.headers.get_all("X-Request-ID") == ["odd-2"]
    assert "handler" not in trace(response)


def test_every_request_has_an_id_of_its_own(client):
    """Twenty requests have twenty ids."""
    ids = {client.get("/").headers.get("X-Request-ID") for _ in range(20)}
    assert len(ids) == 20
    assert None not in ids


def test_an_id_that_came_along_is_kept(client):
    """`X-Request-ID: order-17.a_B` comes back as it was sent, with a page and with any error."""
    for response in all_sorts(client, headers={"X-Request-ID": "order-17.a_B"}):
        assert response.headers.get_all("X-Request-ID") == ["order-17.a_B"]


def test_a_hostile_id_is_replaced(client):
    """Attack: ids with spaces, quotes, markup, `é`, or too long. None comes back."""
    for hostile in HOSTILE:
        response = client.get("/", headers={"X-Request-ID": hostile})
        assert response.status == 200
        assert response.headers["X-Request-ID"] != hostile
        assert HARMLESS.fullmatch(response.headers["X-Request-ID"])
        assert response.json()["id"] == response.headers["X-Request-ID"]


def test_the_handler_sees_the_id_that_is_sent(client):
    """The handler of `/` writes the id into its JSON: the same as in the header."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "application/json"
    assert response.json()["id"] == response.headers["X-Request-ID"]
    response = client.get("/", headers={"X-Request-ID": "given-1"})
    assert response.json()["id"] == "given-1"


def test_what_is_first_on_the_way_in_is_last_on_the_way_out(client):
    """`X-Trace` of `/` is `outer, inner, handler, inner, outer`."""
    response = client.get("/")
    assert response.status == 200
    assert trace(response) == ["outer", "inner", "handler", "inner", "outer"]
    assert response.json()["trace"] == ["outer", "inner", "handler"]


def test_an_error_passes_the_same_way_out(client):
    """With a 404 and a 405 no handler is in `X-Trace`; with a 500 all is as with a page."""
    without_handler = ["outer", "inner", "inner", "outer"]
    assert trace(client.get("/missing")) == without_handler
    assert trace(client.post("/")) == without_handler
    assert trace(client.get("/boom")) == ["outer", "inner", "handler", "inner", "outer"]


def test_without_a_key_the_handler_is_not_reached(client):
    """Attack: `/private` with no key, a wrong one or `é` is 401, with an id and no `handler`."""
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer é"}):
        response = client.get("/private", headers=headers)
        assert response.status == 401
        assert response.headers.get("WWW-Authenticate", "") == "Bearer"
        assert HARMLESS.fullmatch(response.headers["X-Request-ID"])
        assert "handler" not in trace(response)
        assert trace(response)[:2] == ["outer", "inner"]
        assert trace(response)[-1] == "outer"


def test_the_key_is_asked_for_before_a_route_is_looked_for(client):
    """Attack: another path or method, `/private/x` or `POST /private`, is 401 too."""
    assert client.get("/private/x").status == 401
    assert client.post("/private").status == 401
    assert client.get("/private/x", headers=KEY).status == 404


def test_with_the_key_the_handler_answers(client):
    """`/private` with `Authorization: Bearer for-development-only` is 200."""
    response = client.get("/private", headers=KEY)
    assert response.status == 200
    assert response.media_type == "application/json"
    assert response.json() == {"private": True}
    assert trace(response) == ["outer", "inner", "handler", "inner", "outer"]


def test_a_method_without_a_handler_reaches_none(client):
    """With the key, a `POST` to any of the four pages is 405 or 404, with no `handler`."""
    for path in ("/", "/boom", "/slow", "/private"):
        response = client.post(path, headers=KEY)
        assert response.status in (404, 405)
        assert "handler" not in trace(response)


def test_an_error_tells_nothing_of_its_cause(client):
    """The 500 of `/boom` names neither the exception nor a line of the source."""
    response = client.get("/boom")
    assert response.status == 500
    assert "RuntimeError" not in response.text
    assert "app.py" not in response.text


def test_what_was_taken_is_given_back_after_an_exception(client):
    """Every request takes one of four connections. After ten 500s there is one for the next."""
    for _ in range(10):
        assert client.get("/boom").status == 500
    response = client.get("/")
    assert response.status == 200
    assert response.json()["free"] == CONNECTIONS - 1


def test_what_was_taken_is_given_back_after_a_refusal(client):
    """Nor does a 401, a 404 or a 405 keep a connection."""
    for _ in range(5):
        assert client.get("/private").status == 401
        assert client.get("/missing").status == 404
        assert client.post("/").status == 405
    response = client.get("/")
    assert response.status == 200
    assert response.json()["free"] == CONNECTIONS - 1


def test_nothing_is_left_over_for_the_next_request(client):
    """After a request with an id of its own, and one that failed, the next begins anew."""
    client.get("/", headers={"X-Request-ID": "left-over"})
    client.get("/boom", headers={"X-Request-ID": "left-over"})
    response = client.get("/")
    assert response.headers["X-Request-ID"] != "left-over"
    assert response.json()["trace"] == ["outer", "inner", "handler"]


def test_every_answer_says_how_long_it_took(client):
    """`Server-Timing` is `app;dur=` and milliseconds: for `/slow` at least 20, at most our wait."""
    for response in all_sorts(client):
        assert TIMING.fullmatch(response.headers.get("Server-Timing", ""))
    start = perf_counter()
    slow = client.get("/slow")
    waited = (perf_counter() - start) * 1000
    assert slow.status == 200
    assert slow.json() == {}
    timing = TIMING.fullmatch(slow.headers.get("Server-Timing", ""))
    assert timing
    assert 19.9 <= float(timing[1]) <= waited + 1  # clocks may round


def all_sorts(client, headers=None):
    """A page, a 404, a 405, a 500 and a refusal."""
    responses = [
        client.get("/", headers=headers),
        client.get("/missing", headers=headers),
        client.post("/", headers=headers),
        client.get("/boom", headers=headers),
        client.get("/private", headers=headers),
    ]
    assert [response.status for response in responses] == [200, 404, 405, 500, 401]
    return responses


def trace(response):
    return [name.strip() for name in response.headers.get("X-Trace", "").split(",")]
