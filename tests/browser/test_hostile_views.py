"""Hostile text in every field of every view: in a real browser none of it runs or leads astray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_views import VIEWS
from playwright.sync_api import Browser, Dialog, Page
from serving import served
from windows import Watched, opened

LINKS = "[...document.querySelectorAll('[href], [src]')].map(e => e.href ?? e.src)"
HANDLERS = "[...document.all].flatMap(e => e.getAttributeNames()).filter(n => n.startsWith('on'))"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser) as context:
        yield context.new_page()


@pytest.mark.parametrize("name", VIEWS)
def test_no_data_runs(name: str, page: Page, tmp_path: Path) -> None:
    dialogs: list[str] = []

    def shown(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    (tmp_path / "favicon.ico").touch()
    html = f'<!doctype html><meta charset="utf-8"><title>View</title>{VIEWS[name]()}'
    (tmp_path / "index.html").write_text(html, "utf-8")
    page.on("dialog", shown)
    with served(tmp_path) as site:
        watched = Watched(page, site)
        page.goto(f"{site}/")
        for button in page.locator("summary, button").all():
            button.dispatch_event("click")
        assert page.locator("script, img, svg[onload]").count() == 0
        assert page.evaluate(HANDLERS) == []
        links = [link for link in page.evaluate(LINKS) if link]
        assert all(link.startswith(("http://", "https://")) for link in links), links
        assert watched.take() == ([], [])
    page.remove_listener("dialog", shown)
    assert dialogs == []
