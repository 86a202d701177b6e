"""What a reader meets: every page, wide and narrow, light and dark, in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from selectolax.lexbor import LexborHTMLParser
from windows import WINDOWS, Watched, opened, show

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [
    f"/{path.relative_to(DOCS).with_suffix('').as_posix()}/".replace("/index/", "/")
    for path in sorted(DOCS.rglob("*.md"))
]
GUIDES = [page for page in PAGES if page.startswith("/concepts/") and page != "/concepts/"]
FRAMEWORKS = ["Django", "Flask", "Bottle", "Pyramid", "Falcon", "web.py", "Tornado"]
SNIPPETS = [f"{guide}{name.lower().replace('.', '')}/" for guide in GUIDES for name in FRAMEWORKS]
"""The pages of the snippets, which are made alike."""
SOME = SNIPPETS[:: len(FRAMEWORKS) + 1]
"""One of nearly every concept, of each framework in turn."""


def test_every_built_page_is_looked_at_or_made_as_one_that_is(built: Path) -> None:
    pages = {f"/{path.parent.relative_to(built).as_posix()}/" for path in built.rglob("index.html")}
    assert {page.replace("/./", "/") for page in pages} == {*PAGES, *SNIPPETS}


@pytest.fixture(scope="module")
def watched(browser: Browser, site: str) -> Iterator[Watched]:
    """A page that is led through the whole site."""
    with opened(browser) as context:
        yield Watched(context.new_page(), site)


@pytest.mark.parametrize("address", [*PAGES, *SOME])
def test_a_page_stands_alone_and_fits_every_window(
    watched: Watched, site: str, address: str
) -> None:
    """No request leaves the site, no script fails, no page is wider than its window.

    It is loaded once. So that pages are also loaded in each of the windows, they take turns.
    """
    turn = [*PAGES, *SOME].index(address) % len(WINDOWS)
    page = watched.page
    page.set_viewport_size(WINDOWS[turn].size)
    page.emulate_media(color_scheme=WINDOWS[turn].scheme)
    page.goto(site + address)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    too_wide = {}
    for window in (*WINDOWS[turn:], *WINDOWS[:turn]):
        show(page, window)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > window.width:
            too_wide[window] = wide
    assert watched.take() == ([], [])
    assert too_wide == {}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh page, whose addresses are those of the site."""
    with opened(browser, base_url=site) as context:
        yield context.new_page()


def parsed(built: Path, address: str) -> LexborHTMLParser:
    """A page as it was built."""
    return LexborHTMLParser((built / address.strip("/") / "index.html").read_bytes())


@pytest.mark.parametrize("name", ["about/verification", "compare/matrix", "compare/defaults"])
def test_on_paper_no_column_is_missing_and_nothing_is_dark(page: Page, name: str) -> None:
    """Nothing can be scrolled there, and a dark background is not printed below its light text."""
    page.set_viewport_size({"width": 680, "height": 1000})
    page.goto(f"/{name}/")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    cut = "[...document.querySelectorAll('.fg-scroll')].map(e => e.scrollWidth - e.clientWidth)"
    assert max(page.evaluate(cut)) <= 0
    colour = "getComputedStyle(document.body).getPropertyValue('--fg-paper')"
    assert page.evaluate(colour) == "#fdfdfc"


@pytest.mark.parametrize("address", GUIDES)
def test_a_guide_has_a_tab_a_framework_each_with_its_proof(built: Path, address: str) -> None:
    tabs = parsed(built, address).css_first(".tabbed-set")
    assert tabs is not None
    labels = tabs.css(".tabbed-labels label")
    assert [label.text().strip() for label in labels] == FRAMEWORKS
    blocks = tabs.css(".tabbed-block")
    for block in blocks:
        proofs = (f"details.fg-proof--{how} .fg-badge" for how in ("passed", "deviates", "skipped"))
        assert len(block.css(", ".join(proofs))) == 1
        first = block.css_first("code")
        assert first is not None
        assert first.text()
        install, trying, production = (code.text() for code in block.css(".fg-install code"))
        assert re.match(r"python app\.py( runserver)?$", trying)
        assert re.match(r'pip install "[^"]+==', install)
        assert production
    assert len(blocks) == len(FRAMEWORKS)


def first_check(page: Page) -> Locator:
    """The first row of the first snippet's proof, opened; it says what was asked and answered."""
    page.goto("/concepts/routing/")
    proof = page.locator("details.fg-proof").first
    assert not proof.locator(".fg-checks").is_visible()
    proof.locator("summary").click()
    first = proof.locator(".fg-check").first
    assert first.is_visible()
    assert "GET /items/7" in (first.locator(".fg-check__claim").text_content() or "")
    assert "200 OK" in first.locator(".fg-check__wire").inner_text()
    return first


def assert_exchange(check: Locator) -> None:
    """That what went over the wire can be read."""
    assert "GET /items/7 HTTP/1.1" in check.locator(".fg-exchange__request").inner_text()
    assert "HTTP/1.1 200 OK" in check.locator(".fg-exchange__response").inner_text()


def test_a_check_opens_to_its_exchanges_where_it_stands(page: Page) -> None:
    first = first_check(page)
    link = first.locator(".fg-check__claim a")
    link.click()
    first.locator(".fg-exchange__request").wait_for()
    assert_exchange(first)
    assert link.get_attribute("aria-expanded") == "true"
    link.press("Enter")
    assert not first.locator(".fg-exchange__request").is_visible()
    assert page.url.endswith("/concepts/routing/")


def test_a_check_leads_to_its_exchanges_where_no_script_runs(browser: Browser, site: str) -> None:
    with opened(browser, base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        first_check(page).locator(".fg-check__claim a").click()
        place = page.locator(".fg-check:target")
        place.locator("summary").click()
        assert_exchange(place)
        assert "/concepts/routing/django/#" in page.url


def test_a_check_that_is_linked_to_is_open(page: Page) -> None:
    href = first_check(page).locator(".fg-check__claim a").get_attribute("href")
    page.goto(f"/concepts/routing/{href}")
    assert_exchange(page.locator(".fg-check:target"))


def test_the_pages_of_snippets_lead_to_each_other(page: Page) -> None:
    page.goto("/concepts/routing/flask/")
    assert page.locator("h1").inner_text().startswith("Routing in Flask")
    assert page.locator(".md-nav__item--active", has_text="Routing").count()
    page.locator("ul a", has_text="Falcon").last.click()
    page.wait_for_url("**/concepts/routing/falcon/")
    page.locator("ul a", has_text="Sessions").last.click()
    page.wait_for_url("**/concepts/sessions/falcon/")
    page.locator("article p a").first.click()
    page.wait_for_url("**/concepts/sessions/")


def test_the_framework_chosen_on_one_page_is_chosen_on_the_next(page: Page) -> None:
    page.goto("/concepts/routing/")
    page.locator(".tabbed-labels label", has_text="Flask").first.click()
    page.goto("/concepts/templates/")
    shown = page.locator(".tabbed-set").first.locator(".tabbed-block:visible")
    assert shown.count() == 1
    assert "from flask import" in shown.inner_text()


def test_the_table_has_a_cell_a_snippet(built: Path) -> None:
    table = parsed(built, "/about/verification/")
    cells = table.css("td:is(.fg-cell--passed, .fg-cell--deviates, .fg-cell--skipped) a")
    assert len(cells) == len(GUIDES) * len(FRAMEWORKS)


def test_a_cell_of_the_table_leads_to_the_page_of_its_snippet(page: Page) -> None:
    page.goto("/about/verification/")
    page.locator("td.fg-cell--passed a[href$='/routing/falcon/']").click()
    page.wait_for_url("**/concepts/routing/falcon/")
    assert page.locator("p.fg-proof").inner_text().startswith("verified")


def test_the_address_of_a_tab_opens_it(page: Page) -> None:
    page.goto("/concepts/routing/#routing-falcon")
    page.wait_for_function(
        "[...document.querySelectorAll('.tabbed-block')].some("
        "block => block.offsetParent && block.innerText.includes('falcon.asgi'))"
    )


def test_home_leads_to_the_first_guide(page: Page) -> None:
    page.goto("/")
    page.locator("a.fg-start").click()
    page.wait_for_url("**/concepts/request-response/")
    assert page.locator("h1").inner_text().startswith("Request and response")


def test_search_finds_a_guide(page: Page) -> None:
    page.goto("/")
    page.locator("input.md-search__input").click()
    page.keyboard.type("autoescape")
    page.locator(".md-search-result__link").first.wait_for()
    links = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    assert any("/concepts/templates/" in link for link in links)


def test_the_published_results_are_those_on_the_pages(built: Path) -> None:
    published = json.loads((built / "verification.json").read_text("utf-8"))
    assert published["schema"] == 1
    assert {r["outcome"] for r in published["results"]} - {"skipped"} == {"passed"}
    assert all("requires" in r["reason"] for r in published["results"] if r["outcome"] == "skipped")
    snippets = [result for result in published["results"] if result["kind"] == "snippet"]
    assert len(snippets) == len(GUIDES) * len(FRAMEWORKS)
    for result in snippets:
        guide = (built / "concepts" / result["concept"] / "index.html").read_text("utf-8")
        assert f'id="{result["id"].replace("/", "-")}"' in guide


@pytest.mark.parametrize("address", GUIDES)
def test_the_code_of_a_guide_ran(built: Path, address: str) -> None:
    """Each guide runs code of its own; what it shows of it is what was published, and passed."""
    published = json.loads((built / "verification.json").read_text("utf-8"))
    concept = address.strip("/")
    own = [r for r in published["results"] if r["kind"] == "fences" and r["concept"] == concept]
    guide = (built / concept / "index.html").read_text("utf-8")
    shown = re.findall(r'class="fg-ran fg-ran--([a-z-]+)"', guide)
    assert set(shown) - {"skipped"} == {"passed"}  # an older Python skips what requires a newer
    assert 0 < len(shown) <= sum(len(result["checks"]) for result in own)  # some are hidden
