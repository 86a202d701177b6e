"""What an application answers when something goes wrong, and what it keeps to itself."""

import re
from http import HTTPStatus

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
JSON = {"Accept": "application/json"}
SCRIPT = "<script>alert(1)</script>"
WITHIN = ["hunter2", "db.internal", "RuntimeError", "Traceback", ".py", "templates/"]
PRODUCTS = r"\b(django|flask|werkzeug|bottle|pyramid|falcon|web\.py|tornado|python)\b"


def test_an_unknown_path_is_404_with_the_sites_own_page(client):
    """`/missing` in a browser is 404, and its HTML page has the shop's name and a way back."""
    response = client.get("/missing", headers=HTML)
    assert response.status == 404
    assert is_page(response)


def test_an_unknown_path_is_404_in_json_for_a_program(client):
    """With `Accept: application/json`, it is problem details: nothing is at this path."""
    for path in ("/missing", "/green+tea"):
        response = client.get(path, headers=JSON)
        assert response.status == 404
        assert is_problem(response)
        assert path in response.json()["detail"]
        assert re.search("nothing|not found", response.json()["detail"], re.IGNORECASE)


def test_both_forms_say_that_they_depend_on_accept(client):
    """A 404 may be kept by a cache, so `Vary` names `Accept`, in HTML and in JSON."""
    assert "accept" in varies(client.get("/missing", headers=HTML))
    assert "accept" in varies(client.get("/missing", headers=JSON))


def test_who_prefers_nothing_gets_the_page(client):
    """`Accept: */*` is answered with the page; `text/html;q=0.5, application/json` with JSON."""
    for accept in ("*/*", "image/png"):
        assert is_page(client.get("/missing", headers={"Accept": accept}))
    for accept in ("text/html;q=0.5, application/json", "application/json, image/png"):
        assert is_problem(client.get("/missing", headers={"Accept": accept}))


def test_an_accept_that_makes_no_sense_breaks_nothing(client):
    """Attack: `Accept: é, text/;;q=x,,` is still answered 404, in one of the two forms."""
    response = client.get("/missing", headers={"Accept": "é, text/;;q=x,,"})
    assert response.status == 404
    assert is_page(response) or is_problem(response)


def test_a_script_in_the_path_is_shown_as_text(client):
    """Attack: `/<script>alert(1)</script>` is 404, and the page names the path, escaped."""
    response = client.get("/" + SCRIPT, headers=HTML)
    assert response.status == 404
    assert "<script" not in response.text
    assert "&lt;script&gt;" in response.text


def test_a_path_that_is_no_text_is_no_server_error(client):
    """Attack: `/%FF`, a byte that is not UTF-8, is the client's mistake, with the shop's page."""
    response = client.get("/%FF", headers=HTML)
    assert 400 <= response.status < 500
    assert is_page(response)


def test_a_handler_refuses_with_its_own_message(client):
    """`/staff` is 403, and the handler's message stands in the page and in the JSON `detail`."""
    page = client.get("/staff", headers=HTML)
    problem = client.get("/staff", headers=JSON)
    assert page.status == problem.status == 403
    assert is_page(page)
    assert "Only staff may enter." in page.text
    assert is_problem(problem)
    assert problem.json()["detail"] == "Only staff may enter."


def test_a_script_in_the_message_is_shown_as_text(client):
    """Attack: a tea named `<script>` is 404; the message repeats it, escaped in the page only."""
    target = "/orders/%3Cscript%3E"
    page = client.post(target, headers=HTML)
    problem = client.post(target, headers=JSON)
    assert page.status == problem.status == 404
    assert is_page(page)
    assert is_problem(problem)
    assert "<script" not in page.text
    assert "No tea is called &lt;script&gt;." in page.text
    assert problem.json()["detail"] == "No tea is called <script>."


def test_an_exception_of_the_application_has_its_status(client):
    """`POST /orders/oolong` raises `OutOfStockError`, which knows no HTTP: 409 with its text."""
    page = client.post("/orders/oolong", headers=HTML)
    problem = client.post("/orders/oolong", headers=JSON)
    assert page.status == problem.status == 409
    assert is_page(page)
    assert "oolong is out of stock." in page.text
    assert is_problem(problem)
    assert problem.json()["detail"] == "oolong is out of stock."


def test_a_wrong_method_stays_405_and_keeps_allow(client):
    """`GET /orders/assam` is 405, and `Allow` says that `POST` works, and perhaps `OPTIONS`."""
    for headers in (HTML, JSON):
        response = client.get("/orders/assam", headers=headers)
        assert response.status == 405
        allowed = {name.strip() for name in response.headers.get("Allow", "").split(",")}
        assert allowed - {"OPTIONS"} == {"POST"}


def test_a_wrong_method_shows_no_page_but_the_sites_own(client):
    """The body of a 405 is the shop's page, or problem details. It may be empty."""
    page = client.get("/orders/assam", headers=HTML)
    problem = client.get("/orders/assam", headers=JSON)
    assert page.body == b"" or is_page(page)
    assert problem.body == b"" or is_problem(problem)


def test_an_unexpected_exception_is_500_with_the_sites_own_page(client):
    """`/report` raises: 500, and the page is the shop's own."""
    response = client.get("/report", headers=HTML)
    assert response.status == 500
    assert is_page(response)


def test_an_unexpected_exception_is_500_in_json_for_a_program(client):
    """With `Accept: application/json`, `/report` is 500 as problem details."""
    response = client.get("/report", headers=JSON)
    assert response.status == 500
    assert is_problem(response)


def test_a_500_gives_nothing_away(client):
    """Attack: make it fail and read it all. No password, class, traceback, file or product."""
    for headers in (HTML, JSON, {**HTML, "X-Debug": "1"}):
        response = client.get("/report?debug=1", headers=headers)
        assert response.status == 500
        fields = [f"{k}: {v}" for k, v in response.headers.fields if k.lower() != "server"]
        sent = response.text + "\n".join(fields)
        assert [word for word in WITHIN if word in sent] == []
        assert re.findall(PRODUCTS, sent, re.IGNORECASE) == []


def test_no_error_names_a_version(client):
    """A `Server` header, if there is one, has no version in it: at 404, at 403 and at 500."""
    for target in ("/missing", "/staff", "/report"):
        server = client.get(target).headers.get("Server", "")
        assert re.findall("[0-9]", server) == []


def test_after_an_exception_the_next_request_works(client):
    """After a 500, `POST /orders/assam` is 201 with the order as JSON."""
    assert client.get("/report").status == 500
    response = client.post("/orders/assam")
    assert response.status == 201
    assert response.media_type == "application/json"
    assert response.json() == {"ordered": "assam"}


def test_head_on_a_missing_page_has_headers_only(client):
    """`HEAD /missing` has the status and the type of `GET /missing`, and no body."""
    response = client.head("/missing", headers=HTML)
    assert response.status == 404
    assert response.media_type == "text/html"
    assert response.body == b""


def is_page(response):
    """Whether it is the shop's own page: status and phrase in title and heading, a way back."""
    name = f"{response.status} {HTTPStatus(response.status).phrase}"
    link = '<a href="/">Back to the Tea House</a>'
    parts = [f"<title>{name} - Tea House</title>", f"<h1>{name}</h1>", link]
    own = all(part in response.text for part in parts)
    return own and response.media_type == "text/html" and response.charset == "utf-8"


def is_problem(response):
    """Whether it is problem details (RFC 9457): the status that was sent, its phrase, a detail."""
    if response.media_type != "application/problem+json":
        return False
    problem = response.json()
    repeated = (problem["status"], problem["title"])
    expected = (response.status, HTTPStatus(response.status).phrase)
    return repeated == expected and bool(problem["detail"])


def varies(response):
    return [name.strip().lower() for name in response.headers.get("Vary", "").split(",")]
