"""The generated comparisons as a reader meets them: on a phone, on a desk, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page
from selectolax.lexbor import LexborHTMLParser
from windows import WINDOWS, Window, opened, show

CONTRAST = """name => {
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(one => one / 255)
            .map(one => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll(name)].map(one => {
        const style = getComputedStyle(one);
        const ink = light(one instanceof SVGElement ? style.fill : style.color);
        return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    });
}"""


@pytest.fixture(scope="module")
def loaded(browser: Browser, site: str) -> Iterator[dict[str, Page]]:
    """The pages, each loaded once."""
    with opened(browser, base_url=site) as context:
        pages = {}
        for name in ("matrix", "by-hand"):
            pages[name] = context.new_page()
            pages[name].goto(f"/compare/{name}/")
        yield pages


@pytest.fixture(params=WINDOWS, ids=str)
def window(request: pytest.FixtureRequest) -> Window:
    """Each window in its turn."""
    shown: Window = request.param
    return shown


@pytest.fixture
def matrix(loaded: dict[str, Page], window: Window) -> Page:
    """The matrix in a window."""
    show(loaded["matrix"], window)
    return loaded["matrix"]


@pytest.fixture
def by_hand(loaded: dict[str, Page], window: Window) -> Page:
    """The plots in a window."""
    show(loaded["by-hand"], window)
    return loaded["by-hand"]


def box(part: Locator) -> FloatRect:
    """Where something stands."""
    place = part.bounding_box()
    assert place
    return place


def boxes(parts: Locator) -> list[dict[str, float]]:
    """Where each of them stands, in the order of the page."""
    places: list[dict[str, float]] = parts.evaluate_all(
        "all => all.map(part => part.getBoundingClientRect().toJSON())"
    )
    return places


def test_the_matrix_scrolls_under_a_first_column_that_stays(matrix: Page) -> None:
    region = matrix.get_by_role("region", name="Concept by framework")
    region.evaluate("region => { region.scrollLeft = 0 }")
    region.focus()  # by the keyboard, too
    first = region.get_by_role("rowheader").first
    last = region.locator("tbody tr").first.locator("td").last
    before = box(first)
    region.evaluate("region => { region.scrollLeft = region.scrollWidth }")
    after, seen, frame = box(first), box(last), box(region)
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert seen["x"] + seen["width"] <= frame["x"] + frame["width"] + 1
    assert seen["x"] >= after["x"] + after["width"] - 1


TEMPLATES = "td.fg-cell a[href$='/templates/falcon/']"


def test_a_cell_says_kind_and_outcome(matrix: Page) -> None:
    assert matrix.locator(TEMPLATES).inner_text().split("\n") == ["third party", "verified"]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_cell_leads_to_its_page(browser: Browser, site: str, width: int) -> None:
    with opened(browser, Window(width, "light"), base_url=site) as context:
        page = context.new_page()
        page.goto("/compare/matrix/")
        cell = page.locator(TEMPLATES)
        assert cell.get_attribute("href") == "../../concepts/templates/falcon/"
        cell.click()
        page.wait_for_url("**/concepts/templates/falcon/")
        for scheme in ("light", "dark"):
            show(page, Window(width, scheme))
            assert "falcon.asgi" in page.locator("article .highlight").first.inner_text(), scheme
            assert "third party" in page.locator("p.fg-proof").inner_text(), scheme


def test_the_matrix_agrees_with_the_published_results(built: Path) -> None:
    published = json.loads((built / "verification.json").read_text("utf-8"))
    page = LexborHTMLParser((built / "compare/matrix/index.html").read_bytes())
    snippets = [result for result in published["results"] if result["kind"] == "snippet"]
    assert len(page.css(".fg-matrix td.fg-cell a .fg-kind")) == len(snippets)
    for result in snippets:
        (kind,) = page.css(f".fg-matrix a[href$='/{result['id']}/'] .fg-kind")
        assert kind.text() == result["cell"]["kind"], result["id"]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("matrix", (".fg-kind", ".fg-cell__outcome", ".fg-counts td")),
        ("by-hand", (".fg-plot text", ".fg-plot__by-hand", ".fg-numbers td")),
    ],
    ids=["matrix", "by-hand"],
)
def test_what_the_pages_say_can_be_read(
    loaded: dict[str, Page], window: Window, page: str, names: tuple[str, ...]
) -> None:
    show(loaded[page], window)
    for name in names:
        contrasts = loaded[page].evaluate(CONTRAST, name)
        assert contrasts, name
        assert min(contrasts) >= 4.5, (name, min(contrasts))


def test_every_plot_has_a_name_and_fits(by_hand: Page) -> None:
    wide = by_hand.evaluate("document.documentElement.clientWidth")
    plots = by_hand.get_by_role("img").and_(by_hand.locator(".fg-plot"))
    assert plots.count() >= 4
    places = boxes(plots.locator("text"))
    assert places
    for place in places:
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= wide
        assert place["height"] >= 11
    assert by_hand.get_by_role("img", name="Routing: lines by hand").count() == 1


def test_a_bar_is_as_long_as_its_number(by_hand: Page) -> None:
    plot = by_hand.get_by_role("img", name="All concepts together: lines by hand")
    texts = [text for text in plot.locator("text").all_text_contents() if " of " in text]
    lines = [int(text.split()[2]) for text in texts]
    longest = max(lines)
    widths = [place["width"] for place in boxes(plot.locator(".fg-plot__all"))]
    for number, width in zip(lines, widths, strict=True):
        assert width == pytest.approx(max(widths) * number / longest, abs=1)
