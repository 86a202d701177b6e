"""The generated comparisons as a reader meets them: on a phone, on a desk, by keyboard."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page

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


@pytest.fixture(params=[(w, s) for w in (390, 1280) for s in ("light", "dark")], ids=str)
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    yield context.new_page()
    context.close()


def box(one: Locator) -> FloatRect:
    """Where something stands."""
    found = one.bounding_box()
    assert found
    return found


def test_the_matrix_scrolls_under_a_first_column_that_stays(page: Page) -> None:
    page.goto("/compare/matrix/")
    region = page.get_by_role("region", name="Concept by framework")
    region.focus()  # by the keyboard, too
    first = region.get_by_role("rowheader").first
    last = region.locator("tbody tr").first.locator("td").last
    before = box(first)
    region.evaluate("one => { one.scrollLeft = one.scrollWidth }")
    after, seen, frame = box(first), box(last), box(region)
    assert after["x"] == pytest.approx(before["x"], abs=1)
    assert seen["x"] + seen["width"] <= frame["x"] + frame["width"] + 1
    assert seen["x"] >= after["x"] + after["width"] - 1


def test_a_cell_says_kind_and_outcome_and_leads_to_its_tab(page: Page) -> None:
    page.goto("/compare/matrix/")
    cell = page.locator("td.fg-cell a[href$='#templates-falcon']")
    assert cell.inner_text().split("\n") == ["third party", "verified"]
    assert cell.get_attribute("href") == "../../concepts/templates/#templates-falcon"
    cell.click()
    page.wait_for_url("**/concepts/templates/#templates-falcon")
    page.wait_for_function(
        "[...document.querySelectorAll('.tabbed-block')].some("
        "block => block.offsetParent && block.innerText.includes('falcon.asgi'))"
    )
    proof = page.locator(".tabbed-block:visible .fg-proof summary").first
    assert "third party" in proof.inner_text()


def test_the_matrix_agrees_with_the_published_results(page: Page, built: Path) -> None:
    published = json.loads((built / "verification.json").read_text("utf-8"))
    page.goto("/compare/matrix/")
    snippets = [one for one in published["results"] if one["kind"] == "snippet"]
    assert page.locator(".fg-matrix td.fg-cell a .fg-kind").count() == len(snippets)
    for one in snippets:
        cell = page.locator(f".fg-matrix a[href$='#{one['id'].replace('/', '-')}'] .fg-kind")
        assert cell.inner_text() == one["cell"]["kind"], one["id"]


def test_what_the_pages_say_can_be_read(page: Page) -> None:
    for address, names in (
        ("/compare/matrix/", (".fg-kind", ".fg-cell__outcome", ".fg-counts td")),
        ("/compare/by-hand/", (".fg-plot text", ".fg-plot__by-hand", ".fg-numbers td")),
    ):
        page.goto(address)
        for name in names:
            contrasts = page.evaluate(CONTRAST, name)
            assert contrasts, name
            assert min(contrasts) >= 4.5, (name, min(contrasts))


def test_every_plot_has_a_name_and_fits(page: Page) -> None:
    page.goto("/compare/by-hand/")
    wide = page.evaluate("document.documentElement.clientWidth")
    plots = page.get_by_role("img").and_(page.locator(".fg-plot"))
    assert plots.count() >= 4
    for plot in plots.all():
        for part in plot.locator("text").all():
            place = box(part)
            assert place["x"] >= 0
            assert place["x"] + place["width"] <= wide
            assert place["height"] >= 11
    assert page.get_by_role("img", name="Routing: lines by hand").count() == 1


def test_a_bar_is_as_long_as_its_number(page: Page) -> None:
    page.goto("/compare/by-hand/")
    plot = page.get_by_role("img", name="All concepts together: lines by hand")
    texts = [text for text in plot.locator("text").all_text_contents() if " of " in text]
    lines = [int(text.split()[2]) for text in texts]
    longest = max(lines)
    widths = [box(one)["width"] for one in plot.locator(".fg-plot__all").all()]
    for number, width in zip(lines, widths, strict=True):
        assert width == pytest.approx(max(widths) * number / longest, abs=1)
