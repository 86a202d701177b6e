"""How an application remembers a visitor from one request to the next, and whom it believes."""

import hashlib
import hmac
import json
import re
from base64 import b64encode, urlsafe_b64encode
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from time import time
from urllib.parse import urljoin, urlsplit

DAY = 24 * 60 * 60


def test_a_visitor_without_a_cookie_starts_anew(client):
    """`GET /` without a cookie is the page `Visits`, which says `Visits: 1` and sets a cookie."""
    response = client.get("/")
    assert (response.status, response.media_type) == (200, "text/html")
    assert Page(response.text).texts("title") == ["Visits"]
    assert visits(response) == 1
    assert session_cookie(response).value


def test_the_cookie_carries_the_count_on(client):
    """With the cookie the same page says `Visits: 1`, `Visits: 2`, `Visits: 3`."""
    assert [visits(client.get("/")) for _ in range(3)] == [1, 2, 3]


def test_the_buttons_of_the_page_do_what_they_say(client):
    """`Say hello` takes a `Name` and greets, `Dark` and `Light` choose, `Forget me` starts anew."""
    page = press(client, "Say hello", Name="Ada")
    assert (messages(page), visits(page)) == (["Hello, Ada!"], 2)
    page = press(client, "Dark")
    assert (theme(page), visits(page)) == ("dark", 4)
    assert theme(press(client, "Light")) == "light"
    assert visits(press(client, "Forget me")) == 1


def test_two_visitors_do_not_share_a_session(client):
    """A second visitor, in between, starts at 1; the first one goes on from where she was."""
    ada = session_cookie(client.get("/", headers={"Cookie": "none=yet"}))
    bob = session_cookie(client.get("/", headers={"Cookie": "none=yet"}))
    again = client.get("/", headers={"Cookie": f"{ada.name}={ada.value}"})
    assert visits(again) == 2
    ada = session_cookie(again, otherwise=ada)
    assert visits(client.get("/", headers={"Cookie": f"{bob.name}={bob.value}"})) == 2
    assert visits(client.get("/", headers={"Cookie": f"{ada.name}={ada.value}"})) == 3


def test_the_cookie_is_kept_from_scripts_and_other_sites(client):
    """It has `Path=/`, `HttpOnly` and `SameSite=Lax`; on plain HTTP it is not `Secure`."""
    cookie = session_cookie(client.get("/"))
    assert cookie.attributes.get("path") == "/"
    assert "httponly" in cookie.attributes
    assert cookie.attributes.get("samesite", "").lower() == "lax"
    assert "secure" not in cookie.attributes


def test_the_cookie_does_not_last(client):
    """The browser keeps the cookie until it is closed, or for two weeks at most."""
    left = seconds_left(session_cookie(client.get("/")))
    assert left is None or left <= 14 * DAY


def test_a_changed_cookie_starts_anew(client):
    """Attack: a cookie with one character changed, or cut short, counts as none: `Visits: 1`."""
    client.get("/")
    cookie = session_cookie(client.get("/"), otherwise=session_cookie(client.get("/")))
    value = cookie.value
    places = [0, len(value) // 4, len(value) // 2, len(value) * 3 // 4]
    for changed in [
        *(with_another_character(value, at) for at in places),
        value[: len(value) // 2],
    ]:
        response = client.get("/", headers={"Cookie": f"{cookie.name}={changed}"})
        assert response.status == 200
        assert visits(response) == 1


def test_a_cookie_signed_with_a_guessed_key_starts_anew(client):
    """Attack: a session of 41 visits, well formed and signed with another key, counts as none."""
    name = session_cookie(client.get("/")).name
    for key in ["", "secret", "another key"]:
        for forged in signed_cookies(name, {"visits": 41}, key):
            response = client.get("/", headers={"Cookie": f"{name}={forged}"})
            assert response.status == 200
            assert visits(response) == 1


def test_a_made_up_id_is_not_taken_on(client):
    """Attack: an id that a visitor made up is not used; the answer sets a cookie of its own."""
    name = session_cookie(client.get("/")).name
    for made_up in ["1", "0" * 40, "a" * 32]:
        response = client.get("/", headers={"Cookie": f"{name}={made_up}"})
        assert visits(response) == 1
        assert session_cookie(response).value != made_up


def test_a_garbage_cookie_is_no_error(client):
    """Attack: a cookie of no sense at all gets the page and `Visits: 1`, not a 500."""
    name = session_cookie(client.get("/")).name
    for value in ["", "x", '"', "%00%ff", "e30=.e30.e30", "..", "2|1:0", "!?", "\xe9", "9" * 3000]:
        response = client.get("/", headers={"Cookie": f"{name}={value}"})
        assert response.status == 200
        assert visits(response) == 1


def test_clearing_ends_the_session(client):
    """`POST /clear` answers 303 to `/`, takes the cookie back, and the next visit is the first."""
    client.get("/")
    before = session_cookie(client.get("/"), otherwise=session_cookie(client.get("/")))
    response = client.post("/clear")
    assert (response.status, path(response)) == (303, "/")
    after = session_cookie(response)
    assert after.name == before.name
    assert after.attributes.get("path") == "/"
    ended = seconds_left(after) is not None and seconds_left(after) <= 0
    assert ended or after.value != before.value
    assert visits(client.get("/")) == 1


def test_a_link_changes_nothing(client):
    """Attack: `GET /clear`, `/hello` or `/theme`, which links can send, is refused: 404 or 405."""
    assert visits(client.get("/")) == 1
    for path, query in [("/clear", {}), ("/hello", {"name": "Ada"}), ("/theme", {"theme": "dark"})]:
        assert client.get(path, query=query).status in (404, 405)
    response = client.get("/")
    assert (visits(response), messages(response), theme(response)) == (2, [], "light")


def test_a_message_is_shown_once(client):
    """`POST /hello` answers 303 to `/`; the page there greets, and the page after it does not."""
    response = client.post("/hello", form={"name": "Zoë"})
    assert (response.status, path(response)) == (303, "/")
    assert "Zoë" not in response.text
    assert messages(client.get("/")) == ["Hello, Zoë!"]
    assert messages(client.get("/")) == []


def test_messages_keep_their_order(client):
    """Two messages before the next page are both shown there, the older one first."""
    client.post("/hello", form={"name": "Ada"})
    client.post("/hello", form={"name": "Bob"})
    assert messages(client.get("/")) == ["Hello, Ada!", "Hello, Bob!"]


def test_a_message_is_for_its_visitor_only(client):
    """A message waits for the visitor that it was made for; another one does not see it."""
    response = client.post("/hello", form={"name": "Ada"})
    ada = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies(response))
    assert messages(client.get("/", headers={"Cookie": "none=yet"})) == []
    assert messages(client.get("/", headers={"Cookie": ada})) == ["Hello, Ada!"]


def test_markup_in_a_message_stays_text(client):
    """Attack: a name with `<script>` is shown as text when the message comes out."""
    client.post("/hello", form={"name": "<script>alert(1)</script>"})
    response = client.get("/")
    assert "<script" not in response.text.lower()
    assert messages(response) == ["Hello, <script>alert(1)</script>!"]


def test_a_preference_lasts(client):
    """`POST /theme` of `dark` sets `theme=dark`, `SameSite=Lax`, for 365 days; the page is dark."""
    assert theme(client.get("/")) == "light"
    response = client.post("/theme", form={"theme": "dark"})
    assert (response.status, path(response)) == (303, "/")
    [cookie] = [cookie for cookie in cookies(response) if cookie.name == "theme"]
    assert cookie.value == "dark"
    assert round(seconds_left(cookie) / DAY) == 365
    assert cookie.attributes.get("path") == "/"
    assert cookie.attributes.get("samesite", "").lower() == "lax"
    assert theme(client.get("/")) == "dark"


def test_a_preference_is_one_of_those_on_offer(client):
    """Attack: a `theme` that the page does not offer is 400 when chosen, and light in a cookie."""
    for value in ["blue", "<script>", '"><script>alert(1)</script>']:
        response = client.get("/", headers={"Cookie": f"theme={value}"})
        assert response.status == 200
        assert theme(response) == "light"
        assert "<script" not in response.text.lower()
        refused = client.post("/theme", form={"theme": value})
        assert refused.status == 400
        assert "theme" not in [cookie.name for cookie in cookies(refused)]
        assert theme(client.get("/")) == "light"


class Cookie:
    """One `Set-Cookie`: a name, a value, and attributes by their names in lower case."""

    def __init__(self, header):
        pair, *rest = header.split(";")
        self.name, _, self.value = pair.strip().partition("=")
        parts = [part.strip().partition("=") for part in rest]
        self.attributes = {name.lower(): value for name, _, value in parts}


def cookies(response):
    return [Cookie(header) for header in response.headers.get_all("Set-Cookie")]


def session_cookie(response, otherwise=None):
    """The cookie that the response sets; of several for one name, a browser keeps the last."""
    return [cookie for cookie in [otherwise, *cookies(response)] if cookie][-1]


def seconds_left(cookie):
    """How long a browser keeps the cookie; none where it says nothing, until it is closed."""
    if "max-age" in cookie.attributes:
        return int(cookie.attributes["max-age"])
    if "expires" in cookie.attributes:
        return parsedate_to_datetime(cookie.attributes["expires"]).timestamp() - time()
    return None


def path(response):
    return urlsplit(urljoin("http://localhost/", response.headers["Location"])).path


def visits(response):
    [count] = [text for text in Page(response.text).texts("p") if "Visits" in text]
    return int(re.fullmatch(r"Visits: (\d+)", count)[1])


def messages(response):
    return Page(response.text).texts("p", role="status")


def theme(response):
    return Page(response.text).elements["body"][0]["class"]


def press(client, text, **typed):
    """Open the page, fill in the form that has this button and press it; the page it leads to."""
    page = Page(client.get("/").text)
    [button] = [one for one in page.elements["button"] if one["text"] == text]
    form = button["form"]
    assert form["method"] == "post"
    sent = {one["name"]: typed[one["aria-label"]] for one in form["inputs"]}
    if "name" in button:
        sent[button["name"]] = button["value"]
    return client.post(form["action"], form=sent, follow=True)


class Page(HTMLParser):
    """The elements of a page by their names: attributes, text, and the form they belong to."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.form, self.inside = {}, None, None
        self.feed(text)
        self.close()

    def texts(self, name, **attributes):
        found = self.elements.get(name, [])
        return [one["text"] for one in found if {**one, **attributes} == one]

    def handle_starttag(self, tag, attrs):
        self.inside = {**dict(attrs), "text": "", "form": self.form}
        self.elements.setdefault(tag, []).append(self.inside)
        if tag == "form":
            self.form = {**self.inside, "inputs": []}
        elif tag == "input":
            self.form["inputs"].append(self.inside)

    def handle_endtag(self, tag):
        self.inside = None
        self.form = None if tag == "form" else self.form

    def handle_data(self, data):
        if self.inside:
            self.inside["text"] += data


def with_another_character(value, at):
    return value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1 :]


def signed_cookies(name, session, key):
    """The session in the formats of itsdangerous, WebOb, Tornado and Bottle, signed with `key`."""
    key, now, text = key.encode(), int(time()), json.dumps(session)

    def mac(key, message, algorithm):
        return hmac.new(key, message, algorithm).digest()

    def web64(content):
        return urlsafe_b64encode(content).rstrip(b"=")

    message = web64(text.encode()) + b"." + web64(now.to_bytes(4, "big"))
    for salt in [b"cookie-session", b"session", b"itsdangerous"]:
        for derived in [mac(key, salt, "sha1"), hashlib.sha1(salt + b"signer" + key).digest()]:
            yield (message + b"." + web64(mac(derived, message, "sha1"))).decode()
    message = json.dumps([now, now, session]).encode()
    yield web64(mac(b"pyramid.session." + key, message, "sha512") + message).decode()
    content = b64encode(text.encode()).decode()
    fields = [str(now), name, content]
    message = "|".join(["2", "1:0", *(f"{len(field)}:{field}" for field in fields), ""])
    yield message + mac(key, message.encode(), "sha256").hex()
    strings = b"".join(b"\x8c" + bytes([len(one)]) + one for one in [name.encode(), text.encode()])
    message = b64encode(b"\x80\x04]" + b"(" + strings + b"e.")  # a pickled list of the two
    yield f'"!{b64encode(mac(key, message, "sha256")).decode()}?{message.decode()}"'
