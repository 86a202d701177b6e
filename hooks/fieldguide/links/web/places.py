"""The places in pages that addresses name after ``#``: what a page can be asked about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

_LINES = re.compile(r"L\d+", re.ASCII)
"""Lines of a file, which GitHub's script marks."""
_OF_A_PROGRAM = ("/", "!")
"""``#/guide`` and ``#!/guide`` are for the program in a page: its HTML has no such place."""


def named(fragments: Iterable[str]) -> frozenset[str]:
    """The names that have to be in the page's HTML.

    Not the top, which every page has, and not what a text fragment looks for:
    https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    https://wicg.github.io/scroll-to-text-fragment/#the-fragment-directive
    """
    names = {fragment.partition(":~:")[0] for fragment in fragments}
    return frozenset(
        name
        for name in names
        if name and name.casefold() != "top" and not _LINES.match(name) and not of_program(name)
    )


def of_program(fragment: str) -> bool:
    """Whether only the program in a page knows what a fragment leads to."""
    return fragment.startswith(_OF_A_PROGRAM)


def found(names: Iterable[str], anchors: frozenset[str]) -> list[str]:
    """Those of the names that lead to one of a page's anchors.

    GitHub writes ``user-content-`` before the names of its pages, and its script leads there.
    """
    return sorted(name for name in names if not anchors.isdisjoint(_ways(name)))


def _ways(name: str) -> set[str]:
    plain = unquote(name)
    return {name, plain, f"user-content-{plain}", f"user-content-{plain.lower()}"}
