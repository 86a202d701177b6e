"""Which of the marks in a page's HTML a reader sees: those of fences, and strays."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .superfences import STRAY, TAG

_FENCE = re.compile(f"<{TAG} n=([0-9]+)>")


class _Seen(HTMLParser):
    """The fences and the strays of a page's HTML, without those in comments and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.fences: set[int] = set()
        self.strays: set[int] = set()
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == TAG:
            self.fences.update(int(value or 0) for name, value in attrs if name == "n")
        self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._pre -= tag == "pre" and self._pre > 0

    def handle_data(self, data: str) -> None:
        if not self._pre:
            self.strays.update(int(match[1]) for match in STRAY.finditer(data))


def seen(rendered: str, html: bool) -> tuple[set[int], set[int]]:
    """The numbers of the fences and of the strays that a reader sees."""
    if html:
        parser = _Seen()
        parser.feed(rendered)
        parser.close()
        return parser.fences, parser.strays
    return (
        {int(match[1]) for match in _FENCE.finditer(rendered)},
        {int(match[1]) for match in STRAY.finditer(rendered)},
    )
