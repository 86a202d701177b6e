"""The real site, served on a port of its own, and a real browser to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from serving import served
from windows import PATIENCE

_NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address of the served site, without a slash at its end."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; a machine without it fails, it does not skip."""
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, _NAMES)), None)
        # Without one on the path, the browser that Playwright itself installed.
        yield playwright.chromium.launch(executable_path=program, args=_QUIET, timeout=PATIENCE)
