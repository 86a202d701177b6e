"""The table of defaults, as a reader opens it: by keyboard, wide and narrow, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from windows import Window, opened

PAGE = "/compare/defaults/"
CELL = "button[popovertarget=answer-umlaut-bottle]:not(.fg-window__close)"
WINDOW = "#answer-umlaut-bottle"


@pytest.fixture(scope="module")
def pages(browser: Browser, site: str) -> Iterator[dict[bool, Page]]:
    """The page, loaded once with scripts and once without."""
    with ExitStack() as stack:
        loaded = {}
        for scripts in (True, False):
            options: dict[str, Any] = {"base_url": site, "java_script_enabled": scripts}
            context = stack.enter_context(opened(browser, **options))
            loaded[scripts] = context.new_page()
            loaded[scripts].goto(PAGE)
        yield loaded


@pytest.fixture(
    params=[(1280, True), (390, True), (1280, False)], ids=["wide", "narrow", "scriptless"]
)
def page(request: pytest.FixtureRequest, pages: dict[bool, Page]) -> Page:
    """The page, wide, narrow, and without scripts."""
    width, scripts = request.param
    pages[scripts].set_viewport_size(Window(width, "light").size)
    pages[scripts].keyboard.press("Escape")  # what a test that failed has left open
    return pages[scripts]


def test_a_cell_opens_its_exchange_by_keyboard(page: Page) -> None:
    window = page.locator(WINDOW)
    assert not window.is_visible()
    page.locator(CELL).focus()
    page.keyboard.press("Enter")
    window.wait_for()
    assert "POST /form HTTP/1.1" in window.locator(".fg-exchange__request").inner_text()
    assert "HTTP/1.1 200 OK" in window.locator(".fg-exchange__response").inner_text()
    box, wide = window.bounding_box(), page.viewport_size
    assert box is not None
    assert wide is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide["width"]
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    window.wait_for(state="hidden")
    page.locator(CELL).focus()
    page.keyboard.press("Space")
    window.wait_for()
    window.locator(".fg-window__close").press("Enter")
    window.wait_for(state="hidden")


def test_a_question_leads_to_what_it_means(page: Page) -> None:
    page.locator(".fg-answers tbody th a", has_text="HEAD").first.press("Enter")
    page.wait_for_url("**#asks-head")
    assert "RFC 9110" in page.locator("#asks-head + dd").inner_text()


def test_every_cell_has_an_answer(built: Path) -> None:
    html = (built / "compare/defaults/index.html").read_text("utf-8")
    rows = html.count('<th scope="row"><a href="#asks-')
    assert rows >= 20
    assert html.count('<td class="fg-answer') == html.count('class="fg-window"') == 7 * rows
    assert "fg-answer--differs" in html
