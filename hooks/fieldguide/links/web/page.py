"""What is looked at in an HTML page: its title, its words, its places, and whether it says 404."""

from __future__ import annotations

import hashlib
import re

from selectolax.lexbor import LexborHTMLParser

from ..model import Page

_WORDS = 3
"""So many words in a row are one feature of a text."""
_MOST = 20_000
"""So many words of a page are looked at; the counts below hold up to 65,535."""
_FEW = 40
"""A page with fewer words has no fingerprint: a little text differs in everything."""
_SHORT = 250
"""An error page has fewer words than this; an article on error pages has more."""
_GONE = re.compile(
    r"\b(404|410)\b|\bnot found\b|\b(no longer|does ?n[o']t) (available|exists?)\b|"
    r"\b(page|file|article|post|site) (was |has been |is )?(gone|missing|removed|deleted)\b|"
    r"\b(can(not|'t| not)|could(n't| not)) (be )?f(i|ou)nd\b|\bnothing (was )?found\b|"
    r"\bdomain (name )?(is |may be )?for sale\b",
    re.IGNORECASE,
)
_LANES = [sum((byte >> bit & 1) << (16 * bit) for bit in range(8)) for byte in range(256)]
"""A byte's bits, 16 bits apart: added up, they count without running into each other."""


def read(html: bytes) -> Page:
    """Read a page; any bytes are one."""
    tree = LexborHTMLParser(html)
    title = " ".join((node.text() if (node := tree.css_first("title")) else "").split())
    heading = " ".join((node.text() if (node := tree.css_first("h1")) else "").split())
    anchors = {
        value
        for node in tree.css("[id], a[name]")
        for value in (node.attributes.get("id"), node.attributes.get("name"))
        if value
    }
    for node in tree.css("script, style, noscript, nav, header, footer, template"):
        node.decompose()
    words = re.findall(r"\w+", (tree.body.text(separator=" ") if tree.body else "").casefold())
    gone = len(words) < _SHORT and bool(_GONE.search(title) or _GONE.search(heading))
    return Page(title, fingerprint(words), frozenset(anchors), gone)


def fingerprint(words: list[str]) -> str:
    """A hash that is near for texts that are: SimHash over three words in a row.

    Charikar, "Similarity estimation techniques from rounding algorithms", 2002.
    """
    if len(words) < _FEW:
        return ""
    features = {
        " ".join(words[at : at + _WORDS]) for at in range(min(len(words), _MOST) - _WORDS + 1)
    }
    counts = [0] * 8  # of 8 bits each
    for feature in features:
        digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
        counts = [count + _LANES[byte] for count, byte in zip(counts, digest, strict=True)]
    half, value = len(features) // 2, 0
    for place, count in enumerate(counts):
        for bit in range(8):
            if (count >> (16 * bit) & 0xFFFF) > half:
                value |= 1 << (8 * place + bit)
    return f"{value:016x}"


def distance(first: str, second: str) -> int:
    """In how many bits two fingerprints differ, 0 to 64; texts of two topics differ in about 32."""
    return (int(first, 16) ^ int(second, 16)).bit_count()
