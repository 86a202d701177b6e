"""Where a directive writes: each kind of text, as the page has it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from markdown import Markdown
from markupsafe import Markup

from fieldguide.base.html.markup import element
from fieldguide.showing.directives.place import Place
from fieldguide.showing.html.highlighting import Highlighter


@pytest.fixture
def place() -> Place:
    """An empty element of a page."""
    md = Markdown(extensions=["pymdownx.superfences"])
    return Place(ElementTree.Element("div"), md.parser, Highlighter(md), set())


def shown(place: Place) -> str:
    """The element as Markdown finishes it: inline text is read, and what was stashed put back."""
    md = place.parser.md
    md.treeprocessors["inline"].run(place.parent)
    text = md.serializer(place.parent)
    for name in ("raw_html", "unescape"):
        if name in md.postprocessors:
            text = md.postprocessors[name].run(text)
    return text.removeprefix("<div>").removesuffix("</div>")


def test_finished_html_is_not_read_as_markdown(place: Place) -> None:
    place.html(Markup("<pre>*a* &lt;b&gt;\n\n# c</pre>"))
    assert shown(place) == "<pre>*a* &lt;b&gt;\n\n# c</pre>"


def test_an_element_has_its_texts_as_they_are(place: Place) -> None:
    place.element(element("p", "*a* <b>", element("a", "`c`", href="d.md")))
    assert shown(place) == '<p>*a* &lt;b&gt;<a href="d.md">`c`</a></p>'


def test_markdown_is_read(place: Place) -> None:
    place.markdown("-   *a*\n-   b")
    assert shown(place).replace("\n", "") == "<ul><li><em>a</em></li><li>b</li></ul>"


def test_a_paragraph_is_read_unless_it_is_plain(place: Place) -> None:
    place.paragraph("`a` <b>", "fg-note")
    place.paragraph("`a` <b>", plain=True)
    noted, plain = place.parent
    assert noted.get("class") == "fg-note"
    assert plain.attrib == {}
    html = shown(place)
    assert '<p class="fg-note"><code>a</code>' in html
    assert "<p>`a` &lt;b&gt;</p>" in html


def test_a_heading_has_its_name_and_its_title(place: Place) -> None:
    place.heading("*Cookies*", "cookies")
    assert shown(place) == '<h3 id="cookies">*Cookies*</h3>'


def test_the_first_anchor_of_a_page_has_the_name(place: Place) -> None:
    """Wherever on the page the second one is."""
    place.anchor("routing-flask")
    inner = place.inside(ElementTree.SubElement(place.parent, "section"))
    inner.anchor("routing-flask")
    inner.anchor("routing-bottle")
    assert [span.get("id") for span in place.parent.iter("span")] == [
        "routing-flask",
        None,
        "routing-bottle",
    ]


def test_another_element_of_the_page_shares_all_but_itself(place: Place) -> None:
    inner = place.inside(ElementTree.SubElement(place.parent, "section"))
    inner.paragraph("a")
    assert shown(place) == "<section><p>a</p></section>"
    assert inner.anchors is place.anchors
