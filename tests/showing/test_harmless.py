"""What a browser would run, fetch or take for a part of the site is found, however it was written;
what the site itself shows is not."""

from __future__ import annotations

import pytest

from fieldguide.showing.html.harmless import harmful

OFF = "an address of a that is not of the web"
HARMFUL = {
    "<script>alert(1)</script>": ("the element script", "<script"),
    "<SCRIPT\nsrc=x></SCRIPT>": ("the element script", "<SCRIPT"),
    '<iframe srcdoc="x"></iframe>': ("the element iframe", "<iframe"),
    "<style>p { color: red }</style>": ("the element style", "<style"),
    '<meta name="x">': ("the element meta", "<meta"),
    "<base>": ("the element base", "<base"),
    "<svg><animate></animate></svg>": ("the element animate", "<animate"),
    '<h1 onclick="x()">t</h1>': ("the attribute onclick of h1", "onclick"),
    "<p ONCLICK=x()>": ("the attribute onclick of p", "ONCLICK"),
    "<p\nonclick>": ("the attribute onclick of p", "onclick"),
    '<img srcset="a 1x">': ("the attribute srcset of img", "srcset"),
    '<form action="x"></form>': ("the attribute action of form", "action"),
    '<p data-md-component="announce">': ("the attribute data-md-component of p", "data-md"),
    '<use xlink:href="#a"></use>': ("the attribute xlink:href of use", "xlink:href"),
    '<a href="javascript:x()">t</a>': (OFF, "javascript:x()"),
    '<a href=" jaVa\tscript&#58;x()">': (OFF, "jaVa"),
    '<a href="&#106;avascript&colon;x">': (OFF, "javascript:x"),
    '<a href="\x01javascript:x()">': (OFF, "\x01java"),
    "<a href='data:text/html,x'>": (OFF, "data:"),
    "<a href=vbscript:x>": (OFF, "vbscript:x"),
    '<a href="file:///etc/passwd">': (OFF, "file:"),
    '<a href="//other.example">': ("an address that browsers may read in several ways", "//other"),
    '<a href="\\\\other.example">': ("an address that browsers may read in several ways", "\\\\"),
    '<a href="https://known.example@other.example/">': (
        "an address with a user, which looks like a host",
        "https://known",
    ),
    '<img src="https://other.example/x.png">': ("a picture of another host", "https://other"),
    '<img src="data:image/svg+xml,x">': ("a picture of another host", "data:image"),
    '<p style="position: fixed">': ("a style that does more than shape its element", "position"),
    '<p style="fill: url(https://a)">': ("a style that does more than shape its element", "fill"),
    '<p style="wi\\dth: 1px">': ("a style that does more than shape its element", "wi\\dth"),
    '<rect fill="url(//a/x#b)"></rect>': ("a fill from elsewhere", "url"),
    '<p id="__config">{}</p>': ("the id __config, which the theme's script reads", "__config"),
    '<p class="a md-overlay">': ("a class of the theme's own parts", "a md-overlay"),
    '<a name="body">': ("a name of a", "body"),
    '<input type="password">': ("the input of the type password", "password"),
    '<p "onclick=x()>': ("markup that browsers may read in several ways", '<p "onclick'),
    '<p a="b"onclick="x()">': ("markup that browsers may read in several ways", '<p a="b"on'),
    "<p onclick=x()": ("markup that browsers may read in several ways", "<p onclick"),
    "<p/onclick=x()>": ("markup that browsers may read in several ways", "<p/onclick"),
    "<x-script>": ("markup that browsers may read in several ways", "<x-script>"),
    "<!--><img onerror=x>-->": ("markup that browsers may read in several ways", "<!-->"),
    "<!-- --!><b>-->": ("markup that browsers may read in several ways", "<!-- --!>"),
    "<!DOCTYPE html>": ("markup that browsers may read in several ways", "<!DOCTYPE"),
    "<?php x ?>": ("markup that browsers may read in several ways", "<?php"),
    "<![CDATA[<b>]]>": ("markup that browsers may read in several ways", "<![CDATA["),
}


@pytest.mark.parametrize("html", HARMFUL)
def test_harm_is_found_where_it_stands(html: str) -> None:
    found = list(harmful(f"<p>before</p>{html}<p>after</p>"))
    words, start = HARMFUL[html]
    assert [said for said, written in found if written.startswith(start)] == [words]


@pytest.mark.parametrize(
    "html",
    [
        '<p class="md-typeset">1 &lt; 2 &amp;&amp; <code>&lt;script&gt;</code></p>',
        '<a href="https://a.example/x?y=javascript:z" title="a > b">t</a>',
        '<a href="../a/#javascript:x">t</a><a href="mailto:a@b.example">t</a><a href="#x:y">t</a>',
        '<img alt="" src="../assets/a.svg" width=7>',
        '<td style="text-align: left;">x</td>',
        '<rect fill="url(#gradient)" style="fill:var(--md-default-bg-color,Canvas)"></rect>',
        '<input id="__tabbed_1_2" name="__tabbed_1" type="radio" checked="checked" />',
        "<!-- a comment -- of more\nlines --><br/>",
        '<button class="md-code__button" aria-label="Copy" data-clipboard-text="<b> on=x">',
    ],
)
def test_what_the_site_shows_is_let_through(html: str) -> None:
    assert list(harmful(html)) == []


def test_each_thing_is_told_once() -> None:
    assert len(list(harmful("<script>" * 3 + "<p onclick=a>" * 3))) == 2
