"""HTML that is whole: every tag is closed, in order."""

from __future__ import annotations

from html.parser import HTMLParser


class Sound(HTMLParser):
    """Fails on a tag that is not closed, and collects the names of tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag != "input":  # which has no end
            self.open.append(tag)
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attributes)

    def handle_endtag(self, tag: str) -> None:
        assert tag == "input" or self.open.pop() == tag
