"""Snippets on a page: tabs, files, install line and proof."""

from __future__ import annotations

import re
from pathlib import Path

from markdown import Markdown
from proven_site import convert
from samples import HOSTILE, store

from fieldguide.model import Outcome
from fieldguide.results import last_run
from fieldguide.showing.extension import makeExtension


def test_one_directive_becomes_a_tab_a_framework(root: Path) -> None:
    store(root)
    html = convert(root, "Before.\n\n::: snippets routing\n\nAfter.")
    assert re.findall(r"<label[^>]*>(.*?)</label>", html) == ["Django", "Flask", "web.py"]
    assert html.count("tabbed-set") == 1
    django, flask, webpy = re.split(r'<div class="tabbed-block">', html)[1:]
    for part, name in ((django, "django"), (flask, "flask"), (webpy, "webpy")):
        assert part.lstrip().startswith(f'<span class="fg-anchor" id="routing-{name}"></span>')
    assert "fg-proof--unverified" in django
    assert '<span class="fg-badge">verified</span>' in flask
    assert "2 checks" in flask
    order = ["app.py", "templates/index.html", "fg-install", "fg-proof"]
    places = [flask.index(word) for word in order]
    assert places == sorted(places)
    assert "8&lt;" not in flask
    assert "No web.py snippet yet." in webpy
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")


def test_a_single_snippet_without_tabs_extension(root: Path) -> None:
    store(root)
    md = Markdown(extensions=[makeExtension(root=str(root))])
    html = md.convert("::: snippets routing")
    assert "tabbed-set" not in html
    assert "<p>web.py</p>" in html
    assert "fg-proof--passed" in html


def test_a_result_of_other_code_is_stale(root: Path) -> None:
    store(root)
    assert "fg-proof--passed" in convert(root, "::: snippet routing/flask")
    app = root / "snippets/routing/flask/app.py"
    app.write_text(app.read_text("utf-8") + "# changed\n", "utf-8")
    html = convert(root, "::: snippet routing/flask")
    assert "fg-proof--stale" in html
    assert "fg-exchange" not in html
    assert "# changed" in html
    store(root)
    assert "fg-proof--passed" in convert(root, "::: snippet routing/flask")


def test_a_changed_contract_makes_proof_stale(root: Path) -> None:
    store(root)
    contract = root / "snippets/routing/contract.py"
    contract.write_text(contract.read_text("utf-8").replace("404", "410"), "utf-8")
    assert "fg-proof--stale" in convert(root, "::: snippet routing/flask")


def test_a_failure_stands_where_the_snippet_stands(root: Path) -> None:
    store(root, outcome=Outcome.FAILED)
    html = convert(root, "::: snippets routing")
    assert "fg-proof--failed" in html
    assert "expected 404, got 500" in html


def test_results_that_cannot_be_read_are_no_proof(root: Path) -> None:
    store(root)
    (root / last_run.REPORT).write_text("{", "utf-8")
    assert "fg-proof--unverified" in convert(root, "::: snippet routing/flask")


def test_hostile_results_stay_text(root: Path) -> None:
    store(root, body=HOSTILE)
    html = convert(root, "::: snippets routing")
    assert "<img" not in html
    assert "</script>" not in html
    assert r"\x02wzxhzdk:0\x03" in re.sub("<[^>]+>", "", html)


def test_hostile_code_stays_text(root: Path) -> None:
    app = root / "snippets/routing/flask/app.py"
    app.write_text("</code></pre><script>\x02wzxhzdk:0\x03 \x02amp\x03\n", "utf-8")
    html = convert(root, "::: snippet routing/flask")
    assert "<script" not in html
    assert "\x02" not in html
    assert html.count("fg-proof__note") == 1


def test_an_anchor_is_given_once_a_page(root: Path) -> None:
    html = convert(root, "::: snippets routing\n\n::: snippet routing/flask")
    assert html.count('id="routing-flask"') == 1


def test_two_directives_are_two_sets_of_tabs(root: Path) -> None:
    html = convert(root, "::: snippets routing\n\n::: snippets routing")
    assert html.count('data-tabs="1:3"') == 1
    assert html.count('data-tabs="2:3"') == 1
