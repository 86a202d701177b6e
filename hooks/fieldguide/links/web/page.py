"""What is looked at in an HTML page: its title, its words, its places, and whether it says 404.

A page is a stranger's, so this runs in the process of `reading.py`, which may die of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .. import kept, notes
from ..model import Page
from . import places, walls
from .body import text, unpacked

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


def read(
    body: bytes, names: Collection[str] = (), content_type: str = "", packed: str = ""
) -> Page:
    """Read a page; any bytes are one.

    Args:
        body: as it came, up to a byte more than is looked at.
        names: of the places that are looked for.
        content_type: the field of the response, which may name an encoding.
        packed: the field Content-Encoding of the response.
    """
    content, cut = unpacked(body, packed)
    html, misread = text(content, _charset(content_type))
    tree = LexborHTMLParser(html)
    title, heading = (_words_of(tree.css_first(name)) for name in ("title", "h1"))
    anchors = {
        value
        for node in tree.css("[id], a[name]")
        for value in (node.attributes.get("id"), node.attributes.get("name"))
        if value
    }
    walled = walls.stands_for(tree, html, f"{title} {heading}")
    programs = tree.css_first("script, iframe, frameset, frame, object, embed") is not None
    for node in tree.css("script, style, noscript, nav, header, footer, template"):
        node.decompose()
    words = re.findall(r"\w+", (tree.body.text(separator=" ") if tree.body else "").casefold())
    few = len(words) < _SHORT
    other = (walled if few else "") or ("" if content else notes.EMPTY)
    doubt = cut or misread or other
    return Page(
        "" if other else kept.title(title),  # of another page, which is not to be compared
        "" if other else fingerprint(words),
        tuple(places.found(names, frozenset(anchors))),
        missing=few and not doubt and bool(_GONE.search(title) or _GONE.search(heading)),
        doubt=doubt,
        scripted=programs and len(words) < _FEW,
    )


def _charset(content_type: str) -> str:
    """The encoding that a field Content-Type names, if any."""
    match = re.search(
        r"""charset\s*=\s*["']?([^\s"';,]{1,40})""", content_type[:500], re.IGNORECASE
    )
    return match[1] if match else ""


def _words_of(node: LexborNode | None) -> str:
    return " ".join((node.text() if node is not None else "")[:2_000].split())


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
