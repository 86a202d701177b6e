"""What a rendered page may hold: it shows, and runs, loads and sends nothing."""

from __future__ import annotations

import pytest

from fieldguide.base.problems import line
from fieldguide.model import Location
from fieldguide.showing.html.still import moving
from fieldguide.showing.problems import moves

MOVING = {
    "<p><script>alert(1)</script></p>": "the element script",
    "<SCRIPT/src=//evil.example>": "the element script",
    "<svg:script>": "the element svg:script",
    "<iframe src='https://evil.example'></iframe>": "the element iframe",
    "<object data='a.swf'></object>": "the element object",
    "<base href='https://evil.example/'>": "the element base",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>": "the element meta",
    "<style>body { display: none }</style>": "the element style",
    "<form action='https://evil.example'>": "action of the element form",
    "<a href='b.html' ping='https://evil.example'>": "ping of the element a",
    "<img src=x OnError=alert(1)>": "onerror of the element img",
    "<a href='javascript:alert(1)'>": "href of the element a",
    "<a href=' java\tscript:alert(1)'>": "href of the element a",
    "<a href='&#106;avascript:alert(1)'>": "href of the element a",
    "<a href='data:text/html,x'>": "href of the element a",
    "<button formaction='vbscript:x'>": "formaction of the element button",
    "<math><a xlink:href='javascript:x'>": "xlink:href of the element a",
    "<svg><animate values='#;javascript:x'>": "the element animate",
}


@pytest.mark.parametrize("html", MOVING)
def test_what_runs_is_named(html: str) -> None:
    assert moving(html)[0] == MOVING[html]


@pytest.mark.parametrize(
    "html",
    [
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<pre><code>&lt;img onerror=x&gt; javascript:alert(1)</code></pre>",
        "<a href='../routing/#on'>one</a> <a href='https://example.org/?a=javascript:x'>b</a>",
        "<a href='mailto:a@example.org'>mail</a> <img src='a.svg' alt='onerror=x'>",
        "<form class='fg-filter'><input name='topic'></form>",
        "<!-- <script>x</script> --><table><tr><td>onclick=</td></tr></table>",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg><details open><summary>a</summary></details>",
    ],
)
def test_what_shows_is_left_alone(html: str) -> None:
    assert moving(html) == ()


def test_each_is_named_once_in_words() -> None:
    found = moving("<script></script><a onclick=x><script></script>")
    assert found == ("the element script", "onclick of the element a")
    assert line(moves(Location("docs/a.md"), found)).startswith(
        "docs/a.md: rendered, this page holds what a browser runs, loads or sends: "
        "the element script, onclick of the element a. Next: "
    )
