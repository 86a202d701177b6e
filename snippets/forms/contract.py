"""How what a visitor typed is checked, kept for a second try, and stored once."""

from html.parser import HTMLParser

SCRIPT = "<script>alert(1)</script>"
ORIGIN = {"Origin": "http://localhost"}
EMPTY = {"input", "meta", "br"}


def test_the_list_leads_to_the_form(client):
    """`GET /` is the page `Guest book`, with a link to `/new`."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "text/html"
    assert (response.charset or "").lower() == "utf-8"
    page = Page(response.text)
    assert page.texts("title") == page.texts("h1") == ["Guest book"]
    assert page.texts("a") == ["Write an entry"]
    assert page.attributes("a") == [{"href": "/new"}]


def test_an_entry_of_the_owner_is_pinned(client):
    """The first entry is the owner's, and it is marked: `Host: Welcome (pinned)`."""
    assert Page(client.get("/").text).texts("li")[0] == "Host: Welcome (pinned)"


def test_the_form_has_a_label_for_each_field(client):
    """`GET /new` is a page with a form that posts; `name` and `message` have labels, no values."""
    response = client.get("/new")
    assert response.status == 200
    assert response.media_type == "text/html"
    assert (response.charset or "").lower() == "utf-8"
    page = Page(response.text)
    assert [form["method"].lower() for form in page.attributes("form")] == ["post"]
    assert page.field("name").get("value", "") == ""
    assert page.texts("textarea") == [""]
    ids = [page.field("name")["id"], page.field("message")["id"]]
    assert sorted(label["for"] for label in page.attributes("label")) == sorted(ids)
    assert [label.rstrip(":") for label in page.texts("label")] == ["Name", "Message"]
    assert page.texts("title") == page.texts("h1") == ["Write an entry"]
    assert page.texts("button") == ["Send"]
    assert page.alerts == []


def test_the_browser_is_told_the_rules(client):
    """Both fields are `required`, and `maxlength` is 40 for the name and 200 for the message."""
    page = Page(client.get("/new").text)
    for name, length in (("name", "40"), ("message", "200")):
        field = page.field(name)
        assert field["required"] in (None, "", "required")
        assert field["maxlength"] == length


def test_every_element_is_closed(client):
    """In the list, in the form and in the form that comes back, each tag that opens is closed."""
    send(client, name="Ada", message="Tidy")
    for response in (client.get("/"), client.get("/new"), send(client, name="", message="")):
        page = Page(response.text)
        assert page.astray == []
        assert page.open == []


def test_a_valid_form_leads_to_a_page_that_shows_it(client):
    """A valid form is answered 303 with `Location: /`, and that page lists the entry."""
    response = send(client, name="Ada", message="First of all")
    assert response.status == 303
    assert path(response.headers["Location"]) == "/"
    assert entries(client, "First of all") == ["Ada: First of all"]


def test_a_reload_does_not_repeat_it(client):
    """Who follows the redirect and reloads twice still finds the entry once."""
    send(client, name="Ada", message="Only once", follow=True)
    client.get("/")
    assert entries(client, "Only once") == ["Ada: Only once"]


def test_text_arrives_as_it_was_typed(client):
    """`Zoë` and `naïve ☕ 100 % + more` are listed as they were typed."""
    send(client, name="Zoë", message="naïve ☕ 100 % + more")
    assert entries(client, "naïve") == ["Zoë: naïve ☕ 100 % + more"]


def test_an_invalid_form_is_422_and_says_why(client):
    """Without a name: 422, the form again, and the alert `Name: This field is required.`"""
    response = send(client, name="", message="Nobody wrote this")
    assert response.status == 422
    page = Page(response.text)
    assert page.alerts == ["Name: This field is required."]
    assert [form["method"].lower() for form in page.attributes("form")] == ["post"]
    assert entries(client, "Nobody wrote this") == []


def test_what_was_right_need_not_be_typed_again(client):
    """The form comes back with the value of the other field: `Zoë`, or her message."""
    page = Page(send(client, name="Zoë", message="").text)
    assert page.field("name")["value"] == "Zoë"
    page = Page(send(client, name="", message="Hello, Zoë").text)
    assert page.texts("textarea") == ["Hello, Zoë"]


def test_markup_in_a_kept_value_stays_text(client):
    """A name with `">` and a message with `</textarea>` stay in their fields: no script is out."""
    attack = f'"> {SCRIPT}'
    page = Page(send(client, name=attack, message="").text)
    assert page.texts("script") == []
    assert page.field("name")["value"] == attack
    attack = f"</textarea> {SCRIPT}"
    page = Page(send(client, name="", message=attack).text)
    assert page.texts("script") == []
    assert page.texts("textarea") == [attack]


def test_markup_in_an_entry_stays_text(client):
    """An entry with `<script>` is listed as text."""
    send(client, name=SCRIPT, message=f"Attack {SCRIPT}")
    page = Page(client.get("/").text)
    assert page.texts("script") == []
    assert f"{SCRIPT}: Attack {SCRIPT}" in page.texts("li")


def test_a_missing_field_is_a_problem_too(client):
    """A request that lacks `message`, or every field, is 422 and names what is missing: no 500."""
    response = send(client, name="Ada")
    assert response.status == 422
    assert "Message" in Page(response.text).alerts[0]
    response = send(client)
    assert response.status == 422
    alert = Page(response.text).alerts[0]
    assert "Name" in alert
    assert "Message" in alert


def test_blanks_are_no_text(client):
    """A name of blanks is missing: 422."""
    response = send(client, name="  \t ", message="From nobody")
    assert response.status == 422
    assert "Name" in Page(response.text).alerts[0]
    assert entries(client, "From nobody") == []


def test_too_long_is_refused(client):
    """40 characters of a name, 200 of a message: one more is 422, and the alert says the limit."""
    assert send(client, name="ë" * 40, message="Long enough").status == 303
    response = send(client, name="ë" * 41, message="Too long")
    assert response.status == 422
    alert = Page(response.text).alerts[0]
    assert "Name" in alert
    assert "40" in alert
    assert entries(client, "Long enough") == ["ë" * 40 + ": Long enough"]
    assert entries(client, "Too long") == []
    assert send(client, name="Ada", message="m" * 200).status == 303
    response = send(client, name="Ada", message="m" * 201)
    assert response.status == 422
    alert = Page(response.text).alerts[0]
    assert "Message" in alert
    assert "200" in alert


def test_a_field_that_the_form_lacks_is_ignored(client):
    """`pinned=on` is no field of the form: the entry is listed, and it is not pinned."""
    response = send(client, name="Mallory", message="Look at me", pinned="on")
    assert response.status == 303
    assert entries(client, "Look at me") == ["Mallory: Look at me"]


def test_the_address_does_not_fill_in_the_form(client):
    """`POST /new?name=Ada` without a name in its body is 422."""
    response = send(client, query={"name": "Ada"}, message="By the address")
    assert response.status == 422
    assert "Name" in Page(response.text).alerts[0]
    assert entries(client, "By the address") == []


def test_the_visitor_does_not_choose_where_it_leads(client):
    """`next=https://evil.example/`, in the form or in the query, leads to `/` all the same."""
    evil = "https://evil.example/"
    for query in ({}, {"next": evil}):
        response = send(client, query=query, name="Mallory", message="Come along", next=evil)
        assert response.status == 303
        assert path(response.headers["Location"]) == "/"


def test_a_name_sent_twice_is_no_error(client):
    """`name=Ada&name=Eve` is refused with 422, or 303 and one of the two is listed: no 500."""
    response = send(client, name=["Ada", "Eve"], message="Two names")
    listed = entries(client, "Two names")
    assert (response.status, listed) in [
        (422, []),
        (303, ["Ada: Two names"]),
        (303, ["Eve: Two names"]),
    ]


def test_a_wrong_method_stores_nothing(client):
    """A form that comes with `POST /` or with `PUT /new` is refused: 403, 404 or 405."""
    form = {**Page(client.get("/new").text).hidden, "name": "Ada", "message": "The wrong door"}
    for answer in (
        client.post("/", form=form, headers=ORIGIN),
        client.put("/new", form=form, headers=ORIGIN),
    ):
        assert answer.status in (403, 404, 405)
    assert entries(client, "The wrong door") == []


def send(client, *, follow=False, query=None, **fields):
    """Fill in the form and send it as a browser does: with its hidden fields."""
    hidden = Page(client.get("/new").text).hidden
    form = {**hidden, **fields}
    return client.post("/new", form=form, headers=ORIGIN, query=query, follow=follow)


def entries(client, text):
    """The entries that the list shows, as far as they hold this text."""
    return [entry for entry in Page(client.get("/").text).texts("li") if text in entry]


def path(location):
    """The path that a Location on this site leads to."""
    return location.removeprefix("http://localhost")


class Page(HTMLParser):
    """The elements of a page, with their attributes and their text."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.open = []
        self.astray = []
        self.feed(text)
        self.close()

    @property
    def alerts(self):
        return [text(e) for e in self.elements if e["attributes"].get("role") == "alert"]

    @property
    def hidden(self):
        inputs = self.attributes("input")
        return {i["name"]: i["value"] for i in inputs if i.get("type") == "hidden"}

    def field(self, name):
        fields = self.attributes("input") + self.attributes("textarea")
        return next(field for field in fields if field.get("name") == name)

    def texts(self, name):
        return [text(e) for e in self.elements if e["name"] == name]

    def attributes(self, name):
        return [e["attributes"] for e in self.elements if e["name"] == name]

    def handle_starttag(self, tag, attrs):
        element = {"name": tag, "attributes": dict(attrs), "text": []}
        self.elements.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag):
        if self.open and self.open[-1]["name"] == tag:
            self.open.pop()
        elif tag not in EMPTY:
            self.astray.append(tag)

    def handle_data(self, data):
        for element in self.open:
            element["text"].append(data)


def text(element):
    return "".join(element["text"]).strip()
