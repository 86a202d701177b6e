"""HTML out of elements: what is text stays text, and what is HTML stays HTML."""

from __future__ import annotations

import pytest
from bounded import processor
from markupsafe import Markup
from samples import HOSTILE

from fieldguide.base.html.markup import claim, element, escape, fragment, page_link, sentence


def test_text_is_escaped_and_markup_is_not() -> None:
    inner = element("b", "a < b")
    assert inner == "<b>a &lt; b</b>"
    assert isinstance(inner, Markup)
    assert element("p", "x & ", inner, None) == "<p>x &amp; <b>a &lt; b</b></p>"
    assert fragment("<i>", Markup("<i>")) == "&lt;i&gt;<i>"


def test_attributes() -> None:
    html = element("button", class_="a", data_fg_doc="x", tabindex=0, open=True, hidden=False)
    assert html == '<button class="a" data-fg-doc="x" tabindex="0" open></button>'
    assert element("input", id="q", name="n", value=None) == '<input id="q" name="n">'
    assert element("label", "L", for_="q") == '<label for="q">L</label>'


def test_an_attribute_escapes_markup_too() -> None:
    html = element("a", "x", title=Markup('<b title="1">'))
    assert html == '<a title="&lt;b title=&quot;1&quot;&gt;">x</a>'


def test_nothing_invisible_comes_through() -> None:
    html = element("p", HOSTILE, title=HOSTILE)
    assert html.count("<") == 2
    assert r"\x02wzxhzdk:0\x03" in html
    assert not any(character in html for character in "\x02\x1b\ud800")


def test_a_link_to_a_page() -> None:
    assert page_link("a & b", "c.md#d") == '<a href="" data-fg-doc="c.md#d">a &amp; b</a>'
    assert page_link("a & b", None) == "a &amp; b"


@pytest.mark.parametrize("text", ["<script>", "`<script>`", "a `<b>` & <script>"])
def test_a_claim_is_text(text: str) -> None:
    assert "<script" not in claim(text)
    assert escape(claim(text)) == claim(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a` is `b`", "<code>a</code> is <code>b</code>"),
        ("**no** _Markdown_ <b>else</b>", "**no** _Markdown_ &lt;b&gt;else&lt;/b&gt;"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("`<a>` & one ` alone", "<code>&lt;a&gt;</code> &amp; one ` alone"),
        ("", ""),
    ],
)
def test_a_claim_is_text_with_code(text: str, html: str) -> None:
    assert claim(text) == html


def test_a_claim_of_backticks_is_text() -> None:
    with processor():
        assert claim("`" * 100_000) == "`" * 100_000


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a` <b>", "<code>a</code> &lt;b&gt;"),
        (
            "[a `b`](https://c.example/?d&e).",
            '<a href="https://c.example/?d&amp;e">a <code>b</code></a>.',
        ),
        ("`[a](https://b.example)`", "<code>[a](https://b.example)</code>"),
        ("[a](javascript:b) [a](b.md)", "[a](javascript:b) [a](b.md)"),
        (
            '[a](https://b.example){: onclick="c" }',
            '<a href="https://b.example">a</a>{: onclick=&quot;c&quot; }',
        ),
    ],
)
def test_a_sentence_of_a_data_file(text: str, html: str) -> None:
    assert sentence(text) == html


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/b:c", True),
        ("HTTP://a.example", True),
        ("../a/#b:c", True),
        ("#a:b", True),
        ("", True),
        ("a.html", True),
        ("javascript:a", False),
        (" java\nscript:a", False),
        ("\x01javascript:a", False),
        ("data:text/html,a", False),
        ("vbscript:a", False),
    ],
)
def test_an_address_leads_to_a_page_or_is_left_out(address: str, kept: bool) -> None:
    assert ("href=" in element("a", "b", href=address)) is kept
