"""Whether a rendered page only shows: no script, no frame, no handler, asked of its HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

_RUNS = frozenset(
    (
        *("script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"),
        *("base", "meta", "link", "style", "template", "noscript", "animate", "set"),
        *("animatetransform", "animatemotion", "foreignobject"),
    )
)
"""Elements that run, load, or change what everything else on the page means."""
_SENDS = ("action", "formaction", "ping")
"""Attributes that send what a reader writes or does; without them, a form stays on its page."""
_ADDRESSES = frozenset(
    (
        *("href", "xlink:href", "src", "data", "poster", "background", "cite"),
        *("to", "from", "values"),
    )
)
_SCHEME = re.compile(r"(?i)([a-z][a-z0-9+.-]*):")
_HARMLESS = ("http", "https", "mailto")
_IGNORED = re.compile(r"[\x00-\x20]+")
"""What a browser leaves out of an address before it looks for the scheme."""


def moving(html: str) -> tuple[str, ...]:
    """What on a page does more than show, each once, in the order of the page."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return tuple(dict.fromkeys(parser.met))


class _Parser(HTMLParser):
    """Reads a page as a browser does, and notes what is not still."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element, closed at once or not."""
        if tag.partition(":")[2] in _RUNS or tag in _RUNS:
            self.met.append(f"the element {tag}")
        self.met += [f"{name} of the element {tag}" for name, value in attrs if _moves(name, value)]

    handle_startendtag = handle_starttag


def _moves(name: str, value: str | None) -> bool:
    if name.startswith("on") or name == "srcdoc" or name in _SENDS:
        return True
    return name in _ADDRESSES and not all(map(_is_harmless, _addresses(value or "")))


def _addresses(value: str) -> Iterator[str]:
    """An attribute of an animation has several of them."""
    yield from value.split(";") if "script:" in value.casefold() else (value,)


def _is_harmless(address: str) -> bool:
    scheme = _SCHEME.match(_IGNORED.sub("", address))
    return scheme is None or scheme[1].casefold() in _HARMLESS
