"""The windows in which readers meet a page, and a page that is loaded once and shown in each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 180_000
"""Milliseconds until something will never come; only a backstop, on a busy machine too."""
FOLLOWED = """([width, scheme]) =>
    innerWidth === width
    && matchMedia(`(prefers-color-scheme: ${scheme})`).matches
    && document.body.dataset.mdColorScheme === (scheme === "dark" ? "slate" : "default")
    && document.fonts.status === "loaded"
"""


class Window(NamedTuple):
    """How wide it is, in pixels, and which colours its reader prefers: ``light`` or ``dark``."""

    width: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"

    @property
    def size(self) -> Any:
        """As the browser wants it."""
        return {"width": self.width, "height": 900}


WINDOWS = (
    Window(390, "light"),
    Window(390, "dark"),
    Window(1280, "dark"),
    Window(1280, "light"),
)
"""On a phone and on a desk, light and dark; each differs from the one before in one thing."""


@contextmanager
def opened(
    browser: Browser, window: Window = WINDOWS[-1], **options: Any
) -> Iterator[BrowserContext]:
    """A browser of its own: no cookies, nothing kept, and the patience of a busy machine."""
    context = browser.new_context(viewport=window.size, color_scheme=window.scheme, **options)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def show(page: Page, window: Window) -> None:
    """Show a loaded page in another window; returns when its layout and its colours are there.

    Its reader has asked for no motion, so that nothing is measured on its way to another place.
    """
    page.emulate_media(color_scheme=window.scheme, reduced_motion="reduce")
    page.set_viewport_size(window.size)
    page.wait_for_function(FOLLOWED, arg=list(window))


class Watched:
    """A page whose requests and errors are kept."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.foreign: list[str] = []
        """The addresses that it asked for outside of its site."""
        self.errors: list[str] = []
        """What its scripts failed with, and what the browser complained about."""
        own = (site, "data:")
        page.on("request", lambda r: None if r.url.startswith(own) else self.foreign.append(r.url))
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda m: self.errors.append(f"{page.url}: {m.text}") if m.type == "error" else None,
        )

    def take(self) -> tuple[list[str], list[str]]:
        """Foreign addresses and errors since the last time."""
        taken = self.foreign[:], self.errors[:]
        self.foreign.clear()
        self.errors.clear()
        return taken
