"""The one table of every page."""

from __future__ import annotations

from fieldguide.base.html import tables
from fieldguide.base.html.markup import element


def test_a_table() -> None:
    rows = [tables.row("a", [element("td", "<1>")]), tables.row("b", [], classes="x")]
    assert tables.table("C & D", ("A", "B"), rows, label="L", searched=False) == (
        '<div class="fg-scroll" role="region" aria-label="L" tabindex="0" data-search-exclude>'
        '<table class="fg-table"><caption class="fg-unseen">C &amp; D</caption>'
        '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="row">a</th><td>&lt;1&gt;</td></tr>'
        '<tr class="x"><th scope="row">b</th></tr></tbody></table></div>'
    )
    assert 'aria-label="C"' in tables.table("C", ("A",), [])
