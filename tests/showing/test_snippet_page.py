"""The page of a snippet: which there are, what stands on one, and how a guide leads to it."""

from __future__ import annotations

import re
from pathlib import Path

from markdown import Markdown
from proven_site import TABS
from samples import HOSTILE, failed, store
from sound import Sound

from fieldguide.model import Outcome
from fieldguide.showing.directives import snippet_page
from fieldguide.showing.kept import Kept

PAGE = "concepts/routing/flask.md"


def pages(root: Path) -> dict[str, str]:
    """What a host is given."""
    return dict(snippet_page.pages(Kept(root, paged=True).evidence()))


def shown(root: Path, text: str) -> str:
    """Markdown under a host that makes a page a snippet."""
    names = ["fieldguide", "pymdownx.superfences", "pymdownx.tabbed"]
    own = {"root": str(root), "kept": Kept(root, paged=True)}
    return Markdown(extensions=names, extension_configs={**TABS, "fieldguide": own}).convert(text)


def test_every_snippet_of_a_guide_has_a_page(root: Path) -> None:
    given = pages(root)
    assert list(given) == ["concepts/routing/django.md", PAGE]
    assert 'title: "Routing in Flask"' in given[PAGE]
    assert given[PAGE].endswith("# Routing in Flask\n\n::: snippet-page routing/flask\n")


def test_the_page_of_a_guide_that_is_an_index_is_beside_it(root: Path) -> None:
    folder = root / "docs/concepts/routing"
    folder.mkdir()
    (root / "docs/concepts/routing.md").rename(folder / "index.md")
    assert list(pages(root)) == ["concepts/routing/django.md", PAGE]


def test_a_snippet_without_a_guide_has_no_page(root: Path) -> None:
    (root / "docs/concepts/routing.md").unlink()
    assert pages(root) == {}


def test_a_host_that_makes_no_pages_is_given_none_and_links_to_none(root: Path) -> None:
    store(root)
    evidence = Kept(root).evidence()
    assert dict(snippet_page.pages(evidence)) == {}
    assert [spot.doc for spot in evidence.spots("routing") if spot.snippet] == [
        "concepts/routing.md#routing-django",
        "concepts/routing.md#routing-flask",
    ]


def test_each_check_of_a_guide_leads_to_its_place_on_the_page(root: Path) -> None:
    store(root)
    guide = shown(root, "::: snippets routing")
    page = shown(root, pages(root)[PAGE])
    assert "fg-exchange" not in guide
    places = re.findall(rf'href="{PAGE}#([^"]+)"', guide)
    assert places == re.findall(r'<li class="fg-check[^>]* id="([^"]+)"', page)
    assert len(places) == 2
    assert guide.count("<code>GET /items/7</code>") == 2
    assert page.count('<div class="fg-exchange no-copy">') == 2


def test_a_page_has_code_how_to_start_it_checks_and_the_way_on(root: Path) -> None:
    store(root)
    html = shown(root, pages(root)[PAGE])
    headings = re.findall(r'<h2[^>]* id="([^"]+)"', html)
    assert headings == ["code", "run", "checks", "in-other-frameworks"]
    assert '<span class="filename">app.py</span>' in html
    assert 'href="concepts/routing/django.md"' in html
    assert "Django</a>: not verified" in html
    Sound(html)


def test_a_page_without_a_result_says_what_to_do(root: Path) -> None:
    html = shown(root, pages(root)[PAGE])
    assert "<code>fieldguide verify routing/flask</code>" in html
    assert 'id="checks"' not in html
    assert '<span class="filename">app.py</span>' in html


def test_a_failure_stands_on_the_page_and_in_the_guide(root: Path) -> None:
    store(root, outcome=Outcome.FAILED)
    why = failed().failure
    assert why is not None
    for html in shown(root, pages(root)[PAGE]), shown(root, "::: snippets routing"):
        assert why.message in html
        assert "fg-proof--failed" in html


def test_what_an_application_answers_stays_text(root: Path) -> None:
    store(root, body=HOSTILE)
    for html in shown(root, pages(root)[PAGE]), shown(root, "::: snippets routing"):
        sound = Sound(html)
        assert not sound.tags & {"script", "img"}
        assert not [name for name in sound.attributes if name.startswith("on")]


def test_the_guide_above_a_page_is_known(root: Path) -> None:
    evidence = Kept(root, paged=True).evidence()
    assert evidence.guide_of(PAGE) == "concepts/routing.md"
    assert evidence.guide_of("concepts/routing.md") is None
