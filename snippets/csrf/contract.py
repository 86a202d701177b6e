"""How a form proves that it came from the site's own page."""

from html.parser import HTMLParser

EMPTY = {"input", "meta", "br"}
EVIL = {
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/prize",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "cross-site",
}
"""What a browser says of a form that stands on another site."""


def test_the_form_carries_a_token(client):
    """The form of `GET /` that posts has one hidden field, the token, of 22 characters or more."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "text/html"
    [(_, token)] = Page(response.text).hidden("post")
    assert len(token) >= 22


def test_the_page_has_two_forms(client):
    """`GET /` is the page `Notes`: a form for a new note, a search, and each tag is closed."""
    response = client.get("/")
    assert (response.charset or "").lower() == "utf-8"
    page = Page(response.text)
    assert page.texts("title") == page.texts("h1") == ["Notes"]
    assert page.texts("label") == ["New note", "Search the web"]
    assert page.texts("button") == ["Add", "Search"]
    inputs = [field for field in page.attributes("input") if field.get("type") != "hidden"]
    assert [(field["name"], field["id"]) for field in inputs] == [("text", "text"), ("q", "q")]
    assert [label["for"] for label in page.attributes("label")] == ["text", "q"]
    assert page.astray == page.open == []


def test_with_its_token_the_form_is_accepted(client):
    """Sent with the token of its page, the form is answered 303, and `/` lists the note."""
    visitor = Visitor(client)
    response = visitor.post("With the token", visitor.token)
    assert response.status == 303
    assert response.headers["Location"].removeprefix("http://localhost") == "/"
    assert listed(client, "With the token")


def test_its_own_origin_is_accepted(client):
    """Sent with the site's own `Origin`, as browsers do, the form is accepted as well."""
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    visitor = Visitor(client)
    assert visitor.post("From its own page", visitor.token, headers=own).status == 303


def test_a_note_with_markup_stays_text(client):
    """A note with `<script>` is listed as text: a script in the page could read the token."""
    visitor = Visitor(client)
    note = "<script>steal(token)</script>"
    assert visitor.post(note, visitor.token).status == 303
    assert listed(client, note)


def test_without_a_token_it_is_403(client):
    """Without the token, or without any body, it is 403 with a text, and nothing has changed."""
    visitor = Visitor(client)
    refused = visitor.post("Without a token")
    assert refused.status == 403
    assert refused.text.strip()
    assert visitor.token not in refused.text
    assert client.post("/", headers={"Cookie": visitor.cookies}).status == 403
    assert not listed(client, "Without a token")


def test_a_form_of_another_site_is_403(client):
    """A form of evil.example, sent with the visitor's cookies but no token, is 403."""
    visitor = Visitor(client)
    assert visitor.post("From another site", headers=EVIL).status == 403
    assert not listed(client, "From another site")


def test_a_forged_token_is_403(client):
    """No token, zeros, `tökén €` or the right token with one character changed: 403, never 500."""
    visitor = Visitor(client)
    right = visitor.token
    changed = right[:12] + ("b" if right[12] == "a" else "a") + right[13:]
    for forged in ("", "0" * len(right), "tökén €", changed):
        assert visitor.post("Forged", forged).status == 403
    assert not listed(client, "Forged")


def test_the_token_of_another_session_is_403(client):
    """Mallory's token, fresh from her own visit, does not work with another visitor's cookies."""
    mallory = Visitor(client)
    visitor = Visitor(client)
    assert visitor.post("Mallory's token", mallory.token).status == 403
    assert mallory.post("Visitor's token", visitor.token).status == 403
    assert not listed(client, "Mallory's token")
    assert not listed(client, "Visitor's token")


def test_a_token_without_its_cookie_is_403(client):
    """A good token is worth nothing in a request that carries no cookie."""
    visitor = Visitor(client)
    visitor.cookies = "other=1"
    assert visitor.post("No cookie", visitor.token).status == 403
    assert not listed(client, "No cookie")


def test_a_token_in_the_address_is_403(client):
    """In the query a good token does not count: addresses end up in logs and in `Referer`."""
    visitor = Visitor(client)
    query = {visitor.field: visitor.token}
    assert visitor.post("Token in the address", query=query).status == 403
    assert not listed(client, "Token in the address")


def test_a_note_in_the_address_is_not_added(client):
    """With a good token in the form, a `text` in the query still counts for nothing; no 500."""
    visitor = Visitor(client)
    before = Page(client.get("/").text).texts("li")
    form, headers = {visitor.field: visitor.token}, {"Cookie": visitor.cookies}
    response = client.post("/", form=form, query={"text": "In the address"}, headers=headers)
    assert response.status in (303, 400)
    after = Page(client.get("/").text).texts("li")
    assert "".join(after) == "".join(before)


def test_text_in_place_of_a_form_is_refused(client):
    """A body of `text/plain`, which forms of other sites may send as well, is a 4xx."""
    visitor = Visitor(client)
    headers = {"Cookie": visitor.cookies, "Content-Type": "text/plain"}
    assert 400 <= client.post("/", body="text=Plain", headers=headers).status < 500
    assert not listed(client, "Plain")


def test_get_changes_nothing(client):
    """`GET /?text=...`, even with a good token, adds no note."""
    visitor = Visitor(client)
    query = {"text": "By GET", visitor.field: visitor.token}
    client.get("/", query=query, headers={"Cookie": visitor.cookies})
    assert not listed(client, "By GET")


def test_reading_needs_no_token(client):
    """A link from another site leads to the page: 200. HEAD and OPTIONS are no 403 either."""
    assert client.get("/", headers=EVIL).status == 200
    assert client.head("/").status != 403
    assert client.options("/").status != 403


def test_each_session_has_its_own_token(client):
    """Twenty visitors get twenty tokens and twenty cookies."""
    visitors = [Visitor(client) for _ in range(20)]
    assert len({visitor.token for visitor in visitors}) == 20
    assert len({visitor.cookies for visitor in visitors}) == 20


def test_an_older_page_still_works(client):
    """Two tabs: after the page was opened again, the form of the first tab is accepted."""
    visitor = Visitor(client)
    client.get("/", headers={"Cookie": visitor.cookies})
    assert visitor.post("From the first tab", visitor.token).status == 303


def test_the_cookie_stays_with_the_site(client):
    """The token's cookie is `HttpOnly`, `SameSite` is `Lax` or `Strict`, and its path is `/`."""
    cookies = client.get("/").headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        attributes = [part.strip().lower() for part in cookie.split(";")[1:]]
        assert "httponly" in attributes
        assert "path=/" in attributes
        assert "secure" not in attributes  # the request came over HTTP
        assert "samesite=lax" in attributes or "samesite=strict" in attributes


def test_the_token_is_not_sent_elsewhere(client):
    """The search form leads to search.example, by GET: it carries no hidden field."""
    page = Page(client.get("/").text)
    assert page.actions("get") == ["https://search.example/"]
    assert page.hidden("get") == []


class Visitor:
    """Somebody with a session of her own: the cookies of a first visit, and its token."""

    def __init__(self, client):
        self.client = client
        response = client.get("/", headers={"Cookie": "other=1"})
        pairs = [value.partition(";")[0] for value in response.headers.get_all("Set-Cookie")]
        self.cookies = "; ".join(pairs)
        self.field, self.token = Page(response.text).hidden("post")[0]

    def post(self, text, token=None, *, query=None, headers=None):
        form = {"text": text} if token is None else {"text": text, self.field: token}
        sent = {"Cookie": self.cookies, **(headers or {})}
        return self.client.post("/", form=form, query=query, headers=sent)


def listed(client, text):
    """Whether the page lists a note of this text."""
    return text in Page(client.get("/").text).texts("li")


class Page(HTMLParser):
    """The elements of a page with their text, and its forms with their hidden fields."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.forms = []
        self.open = []
        self.astray = []
        self.feed(text)
        self.close()

    def hidden(self, method):
        return [pair for form in self.forms if form["method"] == method for pair in form["hidden"]]

    def actions(self, method):
        return [form["action"] for form in self.forms if form["method"] == method]

    def texts(self, name):
        return ["".join(e["text"]).strip() for e in self.elements if e["name"] == name]

    def attributes(self, name):
        return [e["attributes"] for e in self.elements if e["name"] == name]

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        element = {"name": tag, "attributes": attributes, "text": []}
        self.elements.append(element)
        if tag not in EMPTY:
            self.open.append(element)
        if tag == "form":
            method = attributes.get("method", "get").lower()
            action = attributes.get("action", "")
            self.forms.append({"method": method, "action": action, "hidden": []})
        if tag == "input" and attributes.get("type") == "hidden":
            self.forms[-1]["hidden"].append((attributes["name"], attributes["value"]))

    def handle_endtag(self, tag):
        if self.open and self.open[-1]["name"] == tag:
            self.open.pop()
        elif tag not in EMPTY:
            self.astray.append(tag)

    def handle_data(self, data):
        for element in self.open:
            element["text"].append(data)
