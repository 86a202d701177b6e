"""What an answer means for a link: alive, moved, changed, missing, failed or unknown."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from publicsuffixlist import PublicSuffixList

from ..reading.model import Seen
from . import notes
from .model import Answer, Target, Verdict
from .web import page as web_page

FAR = 20
"""Texts whose fingerprints differ in more bits are not one text revised."""


class Owners:
    """Which hosts are one owner's, by the list of publicsuffix.org. It is read once, if needed."""

    def __init__(self) -> None:
        self._suffixes: PublicSuffixList | None = None

    def domain(self, url: str) -> str:
        """The registrable domain of an address: what one owner has."""
        host = _host(url)
        with contextlib.suppress(ValueError):
            return str(ipaddress.ip_address(host))
        if self._suffixes is None:
            self._suffixes = PublicSuffixList()
        return self._suffixes.privatesuffix(host) or host

    def same(self, url: str, other: str) -> bool:
        """Whether two addresses have one owner."""
        return _host(url) == _host(other) or self.domain(url) == self.domain(other)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def judge(target: Target, answer: Answer, before: Seen | None, owners: Owners) -> Verdict:
    """The verdict on a target; ``before`` is what was seen of it earlier."""
    if answer.refused:
        return Verdict(target, answer, "missing", (notes.not_asked(answer.error or ""),))
    if answer.unknown:
        reason = answer.error or notes.not_for_programs(answer.code)
        return Verdict(target, answer, "unknown", (notes.unchecked(reason),))
    if answer.error is not None:
        return Verdict(target, answer, "failed", (answer.error,))
    code = answer.code or 0
    if code in (404, 410):
        return Verdict(target, answer, "missing", (notes.absent(code),))
    if code >= 400:
        return Verdict(target, answer, "failed", (notes.status(code),))
    if answer.page is not None and answer.page.missing:
        words = answer.page.title or "its heading"
        return Verdict(target, answer, "missing", (notes.absent_in_words(code, words),))
    if _to_the_front(target.url, answer.url):
        return Verdict(target, answer, "missing", (notes.front_page(answer.url),))
    if absent := sorted(_absent(target, answer)):
        return Verdict(target, answer, "missing", (notes.no_place(absent),))
    if changes := tuple(_changes(target, answer, before, owners)):
        return Verdict(target, answer, "changed", changes)
    if answer.permanent and answer.url != target.url:
        moved = (notes.moved(answer.url),)
        return Verdict(target, answer, "moved", moved, replacement=answer.url)
    return Verdict(target, answer, "alive")


def _changes(target: Target, answer: Answer, before: Seen | None, owners: Owners) -> Iterator[str]:
    """What looks as if the page were another one now."""
    if not owners.same(answer.url, target.url):
        yield notes.other_owner(owners.domain(answer.url))
    if before is None or answer.page is None:
        return
    now, then = answer.page.fingerprint, before.fingerprint or ""
    far = web_page.distance(now, then) > FAR if now and then else None
    if far:
        yield notes.OTHER_TEXT
    titles = _words(answer.page.title), _words(before.title or "")
    if far is not False and all(titles) and titles[0].isdisjoint(titles[1]):
        yield notes.other_title(answer.page.title, before.title)


def _to_the_front(asked: str, got: str) -> bool:
    """Whether a page's address leads to its site's front page, as many do for what is gone."""
    deep = urlsplit(asked).path.strip("/")
    return bool(deep) and "/" in deep and urlsplit(got).path in ("", "/") and asked != got


def _absent(target: Target, answer: Answer) -> set[str]:
    """The places that are linked to and not there; scripts make some, so only where HTML came."""
    if answer.page is None:
        return set()
    named = {name for name in target.fragments if not re.match(r":~:|L\d+", name)}
    return {name for name in named if not {name, unquote(name)} & answer.page.anchors}


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3}
