"""How a visitor proves who she is, what that opens, and how it ends."""

import re
import zlib
from base64 import urlsafe_b64decode
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

PASSWORD = "correct horse battery staple"


def test_the_private_page_asks_to_log_in(client):
    """`GET /private?page=2` leads a stranger to `/login`, with the whole address in `next`."""
    response = client.get("/private?page=2")
    where = urlsplit(target(response))
    assert where.path == "/login"
    assert parse_qs(where.query) == {"next": ["/private?page=2"]}
    assert "Hello" not in response.text


def test_the_password_field_hides_what_is_typed(client):
    """`/login` has a form, sent with `POST`, with a password field of type `password`."""
    response = client.get("/login")
    assert (response.status, response.media_type) == (200, "text/html")
    form = the_form(response, "password")
    assert form.method == "post"
    assert form.types["password"] == "password"


def test_the_form_names_its_fields(client):
    """The page `Log in` asks for `Name` and `Password`; password managers know which is which."""
    form = the_form(client.get("/login"), "password")
    assert form.text == "Log in Name Password Log in"
    assert form.autocomplete[form.labels["Name"]] == "username"
    assert form.autocomplete[form.labels["Password"]] == "current-password"
    assert form.hidden["next"] == ""


def test_the_right_password_leads_back(client):
    """Ada's password leads to the page in `next`, which says `Hello, ada!` and offers a logout."""
    response = log_in(client, "/login?next=%2Fprivate%3Fpage%3D2")
    assert target(response) == "/private?page=2"
    page = client.get("/private?page=2")
    assert page.status == 200
    assert the_form(page, "logout").text == "Private Hello, ada! Log out"


def test_without_next_it_leads_to_the_private_page(client):
    """Sent without a `next`, as from a form on any other page, the login leads to `/private`."""
    form = the_form(client.get("/login"), "password")
    del form.hidden["next"]
    sent = {form.labels["Name"]: "ada", form.labels["Password"]: PASSWORD}
    assert target(client.post("/login", form={**form.hidden, **sent})) == "/private"


def test_a_wrong_password_opens_nothing(client):
    """A wrong password shows the form again, with an alert for screen readers; nothing opens."""
    response = log_in(client, password="wrong")
    assert 200 <= response.status < 500
    assert response.status not in (301, 302, 303, 307, 308)
    assert the_form(response, "password").alerts == ["Wrong name or password."]
    assert is_closed(client)


def test_a_second_try_still_leads_back(client):
    """The form that comes back after a wrong password still has the address in its `next`."""
    again = log_in(client, "/login?next=%2Fprivate%3Fpage%3D2", password="wrong")
    assert the_form(again, "password").hidden["next"] == "/private?page=2"


def test_an_unknown_name_gets_the_same_answer(client):
    """Attack: the answer to an unknown name differs in nothing from that to a wrong password."""
    wrong = log_in(client, username="ada", password="wrong")
    unknown = log_in(client, username="bob", password="wrong")
    assert unknown.status == wrong.status
    assert the_form(unknown, "password").text == the_form(wrong, "password").text
    assert set(unknown.headers) == set(wrong.headers)


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    """The cookie that a login sets has `Path=/`, `HttpOnly` and `SameSite=Lax`."""
    cookies = log_in(client).headers.get_all("Set-Cookie")
    sessions = [cookie for cookie in cookies if not cookie.startswith("csrf")]
    assert sessions
    for cookie in sessions:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"path=/", "httponly", "samesite=lax"} <= attributes


def test_a_cookie_from_before_the_login_stays_outside(client):
    """Attack: whoever planted a cookie in Ada's browser, or made one up, is not logged in."""
    planted = {**cookies_of(client.get("/private")), **cookies_of(client.get("/login"))}
    login = cookies_of(log_in(client))
    assert not is_closed(client)
    assert is_closed(client, planted)
    [name] = [name for name in login if not name.startswith("csrf")]
    for made_up in ["ada", "1", "0" * 40, "a" * 32, '{"user":"ada"}']:
        assert is_closed(client, {name: made_up})


def test_next_never_leads_to_another_site(client):
    """Attack: a `next` on another site, however written, is not followed: to `/private` instead."""
    for evil in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "javascript:alert(1)",
    ]:
        page = client.get("/login", query={"next": evil})
        response = send(client, page, {"Name": "ada", "Password": PASSWORD})
        assert target(response) == "/private"
        assert not is_closed(client)


def test_markup_in_next_stays_text(client):
    """Attack: a `next` with a `<script>` stays text in the form."""
    markup = '"><script>alert(1)</script>'
    page = client.get("/login", query={"next": markup})
    assert "<script" not in page.text.lower()
    assert the_form(page, "password").hidden["next"] == markup


def test_the_password_is_never_sent_back(client):
    """Neither the password nor its hash is in an answer: not in the form, not in the cookie."""
    secrets = [PASSWORD, "wrong-and-typed", "argon2", "scrypt", "pbkdf2"]
    log_in(client, password="wrong-and-typed")
    log_in(client)
    client.get("/private")
    for one in client.exchanges:
        assert not [secret for secret in secrets if secret in everything_in(one["response"])]


def test_only_a_form_logs_out(client):
    """`GET /logout`, which a link can send, is 404 or 405; the page's form leads to `/login`."""
    log_in(client)
    assert client.get("/logout").status in (404, 405)
    page = client.get("/private")
    assert page.status == 200
    assert the_form(page, "logout").action == "/logout"
    assert target(send(client, page, {}, "logout")) == "/login"
    assert is_closed(client)


def test_the_logout_takes_the_cookie_back(client):
    """The logout ends the cookie at `Path=/`: it is not sent again. A second logout is no error."""
    cookies = cookies_of(log_in(client))
    [session] = [value for name, value in cookies.items() if not name.startswith("csrf")]
    page = client.get("/private")
    assert session in str(client.exchanges[-1]["request"])
    for _ in range(2):
        response = send(client, page, {}, "logout")
        assert target(response) == "/login"
        for cookie in response.headers.get_all("Set-Cookie"):
            assert re.search("path=/(;|$)", cookie.lower())
    client.get("/private")
    assert session not in str(client.exchanges[-1]["request"])


def test_a_kept_cookie_does_not_outlive_the_logout(client):
    """Attack: a copy of the cookie, made while Ada was logged in, opens nothing after it."""
    copy = cookies_of(log_in(client))
    send(client, client.get("/private"), {}, "logout")
    assert is_closed(client, copy)


def test_a_name_is_neither_code_nor_markup(client):
    """Attack: SQL and a `<script>` as a name are an unknown name, shown as text if shown at all."""
    response = log_in(client, username="ada' OR '1'='1' --\"><script>alert(1)</script>")
    assert 200 <= response.status < 500
    assert "<script" not in response.text.lower()
    assert is_closed(client)


def test_a_long_password_is_just_wrong(client):
    """Attack: a password of 5,000 characters, Ada's in front, is refused like any wrong one."""
    response = log_in(client, password=PASSWORD + 5000 * "x")
    assert 200 <= response.status < 500
    assert is_closed(client)


def test_the_password_counts_as_it_is_typed(client):
    """With a space in front of it and one behind, Ada's password is another one, and wrong."""
    assert log_in(client, password=f" {PASSWORD} ").status < 500
    assert is_closed(client)


def test_an_incomplete_form_is_refused(client):
    """Attack: without the name, or without the password, the login is refused, and is no 500."""
    for typed in [{"Name": "ada"}, {"Password": PASSWORD}]:
        response = send(client, client.get("/login"), typed)
        assert 200 <= response.status < 500
        assert is_closed(client)


def log_in(client, page="/login", username="ada", password=PASSWORD):
    """Type both into the form of a page and send it, as a browser would."""
    return send(client, client.get(page), {"Name": username, "Password": password})


def send(client, page, typed, kind="password"):
    """Send a form of the page: its hidden fields, such as a token, and what is typed, by label."""
    form = the_form(page, kind)
    sent = {form.labels[label]: text for label, text in typed.items()}
    return client.post(form.action, form={**form.hidden, **sent})


def target(response):
    """Where a redirect leads, without `http://localhost`; fails where there is none."""
    assert response.status in (302, 303)
    return response.headers["Location"].removeprefix("http://localhost")


def is_closed(client, cookies=None):
    """Whether the private page leads to the login; with `cookies`, for somebody who has those."""
    headers = {}
    if cookies is not None:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items()) or "a=b"
    response = client.get("/private", headers=headers)
    if response.status == 200:
        assert "Hello, ada!" in response.text
        return False
    assert urlsplit(target(response)).path == "/login"
    return True


def cookies_of(response):
    pairs = [header.split(";")[0] for header in response.headers.get_all("Set-Cookie")]
    return dict(pair.partition("=")[::2] for pair in pairs)


def everything_in(response):
    """The headers and the body as text, and what is in base64 inside them, compressed or not."""
    found = [str(response)]
    for part in re.findall(r"[\w-]{16,}", found[0]):
        content = urlsafe_b64decode(part[: len(part) // 4 * 4] + "=" * 4)
        found.append(content.decode("latin-1"))
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(content).decode("latin-1"))
    return "".join(found)


def the_form(page, kind):
    """The form that has a password field, or the one that leads to `/logout`."""
    forms = Forms(page.text).forms
    [form] = [f for f in forms if (kind in f.types) or f.action.strip("/") == kind]
    return form


class Forms(HTMLParser):
    """The forms of a page, and for each of them the text and the alerts of the whole page."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.text, self.alerts = [], [], []
        self.label = self.alert = False
        self.feed(text)
        self.close()
        for form in self.forms:
            form.text, form.alerts = " ".join("".join(self.text).split()), self.alerts

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.alert = attributes.get("role") == "alert"
        self.label = self.label or tag == "label"
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "input" and self.forms and attributes.get("name"):
            form, name = self.forms[-1], attributes["name"]
            form.types[name] = attributes.get("type", "text")
            form.autocomplete[name] = attributes.get("autocomplete")
            if form.types[name] == "hidden":
                form.hidden[name] = attributes.get("value", "")
            elif self.label:
                form.labels[self.text[-1].strip()] = name

    def handle_endtag(self, tag):
        self.alert = False
        self.label = self.label and tag != "label"

    def handle_data(self, data):
        self.text.append(data)
        if self.alert:
            self.alerts.append(data)


class Form:
    """Where a form is sent, how, and its fields: types, labels, and values of hidden ones."""

    def __init__(self, attributes):
        self.action = attributes.get("action") or ""
        self.method = attributes.get("method", "get").lower()
        self.types, self.labels, self.hidden, self.autocomplete = {}, {}, {}, {}
