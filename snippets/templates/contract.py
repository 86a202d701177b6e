"""How a page is made from a template, a layout and values that nobody may trust."""

from html.parser import HTMLParser


def test_the_page_is_html_in_utf_8(client):
    """`GET /` answers 200 with `Content-Type: text/html; charset=utf-8`."""
    response = client.get("/")
    assert response.status == 200
    assert response.media_type == "text/html"
    assert (response.charset or "").lower() == "utf-8"


def test_a_value_reaches_the_page(client):
    """`/?name=Zo%C3%AB` has the heading `<h1>Books of Zoë</h1>`; without a name it is Ada's."""
    response = client.get("/", query={"name": "Zoë"})
    assert "<h1>Books of Zoë</h1>" in response.text
    assert "<h1>Books of Ada</h1>" in client.get("/").text


def test_the_page_stands_inside_the_layout(client):
    """One layout surrounds the page: `<!doctype html>`, its `<header>`, the heading in `<main>`."""
    text = client.get("/").text
    assert text.strip().lower().startswith("<!doctype html>")
    assert text.strip().lower().endswith("</html>")
    assert text.lower().count("<html") == 1
    assert Page(text).texts("header") == ["Bookshelf"]
    assert "<h1>" in text.partition("<main>")[2].partition("</main>")[0]


def test_the_page_fills_the_title_of_the_layout(client):
    """The layout leaves a place for the title, and the page fills it."""
    response = client.get("/", query={"name": "Bob"})
    assert Page(response.text).texts("title") == ["Books of Bob"]


def test_a_list_becomes_one_element_a_row(client):
    """Ada's two books become two `<li>` of one `<ul>`, in their order."""
    page = Page(client.get("/", query={"name": "Ada"}).text)
    assert page.texts("li") == ["Emma", "War & Peace"]
    assert len(page.texts("ul")) == 1
    assert "No books yet." not in page.texts("p")


def test_an_empty_list_says_so(client):
    """Bob has no books: `No books yet.` stands where the list would be."""
    page = Page(client.get("/", query={"name": "Bob"}).text)
    assert page.texts("p") == ["No books yet."]
    assert page.texts("ul") == []


def test_markup_in_a_value_stays_text(client):
    """A name with `<script>` is shown as text: no such element gets into the page."""
    text = client.get("/", query={"name": "<script>alert(1)</script>"}).text
    assert "<script" not in text.lower()
    assert "<h1>Books of &lt;script&gt;alert(1)&lt;/script&gt;</h1>" in text


def test_a_quote_cannot_leave_its_attribute(client):
    """A name with a quotation mark stays inside the attribute that it is written to."""
    page = Page(client.get("/", query={"name": '" onclick="alert(1)'}).text)
    assert page.attributes("section") == [{"aria-label": 'Books of " onclick="alert(1)'}]


def test_a_value_is_escaped_once(client):
    """`War & Peace` is written `War &amp; Peace`: escaped, and not escaped twice."""
    text = client.get("/", query={"name": "Ada"}).text
    assert "<li>War &amp; Peace</li>" in text
    page = Page(client.get("/", query={"name": "Bill & Ben"}).text)
    assert page.texts("title") == ["Books of Bill & Ben"]


def test_a_value_is_never_run_as_a_template(client):
    """A name that looks like template code is shown as it is, not evaluated."""
    page = Page(client.get("/", query={"name": "{{ 6 * 7 }} ${6 * 7} {% raw 42 %}"}).text)
    assert page.texts("h1") == ["Books of {{ 6 * 7 }} ${6 * 7} {% raw 42 %}"]


class Page(HTMLParser):
    """The elements of a page, with their attributes and their text."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(text)
        self.close()

    def texts(self, name):
        return ["".join(e["text"]).strip() for e in self.elements if e["name"] == name]

    def attributes(self, name):
        return [e["attributes"] for e in self.elements if e["name"] == name]

    def handle_starttag(self, tag, attrs):
        element = {"name": tag, "attributes": dict(attrs), "text": []}
        self.elements.append(element)
        self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()["name"] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element["text"].append(data)
