"""What an answer means for a link: alive, moved, changed, missing, failed or unknown."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from ..reading.model import Seen
from . import kept, notes
from .model import Answer, Page, Target, Verdict
from .web import page as web_page
from .web import places

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
    if judged := _without_page(target, answer):
        return judged
    if judged := _gone(target, answer):
        return judged
    wanted = places.named(target.fragments)
    absent = sorted(wanted - set(answer.page.anchors)) if answer.page else []
    doubt = _doubt(answer.page) if answer.page else ""
    if absent and not doubt:
        return Verdict(target, answer, "missing", (notes.no_place(absent),))
    if changes := tuple(_changes(target, answer, before, owners)):
        return Verdict(target, answer, "changed", changes)
    programs = sorted(filter(places.of_program, target.fragments))
    if absent or programs:
        reason = doubt or notes.MADE_BY_PROGRAM
        untold = (notes.doubtful_place([*absent, *programs], reason),)
        return Verdict(target, answer, "unknown", untold)
    if answer.permanent and answer.url != target.url:
        replacement = answer.url if kept.is_plain(answer.url) else None
        return Verdict(target, answer, "moved", (notes.moved(answer.url),), replacement)
    return Verdict(target, answer, "alive")


def _without_page(target: Target, answer: Answer) -> Verdict | None:
    """The verdict on a target of which no page came."""
    reason = answer.error or ""
    if answer.refused and answer.url == target.url:
        return Verdict(target, answer, "missing", (notes.not_asked(reason),))
    if answer.refused:
        return Verdict(target, answer, "failed", (notes.refused_redirect(answer.url, reason),))
    if answer.unknown:
        reason = reason or notes.not_for_programs(answer.code)
        return Verdict(target, answer, "unknown", (notes.unchecked(reason),))
    if answer.error is not None:
        return Verdict(target, answer, "failed", (reason,))
    return None


def _gone(target: Target, answer: Answer) -> Verdict | None:
    """The verdict on a page that is not there. It is missing only where a whole page says so: what
    was read in part, or stands for another page, may be anything."""
    code, page = answer.code or 0, answer.page
    whole = page is not None and not page.doubt
    if code >= 400:
        gone = code in (404, 410)
        outcome = "missing" if gone and whole else "failed"
        return Verdict(
            target, answer, outcome, (notes.absent(code) if gone else notes.status(code),)
        )
    if page is not None and page.missing and whole:
        words = page.title or "its heading"
        return Verdict(target, answer, "missing", (notes.absent_in_words(code, words),))
    if not _to_the_front(target.url, answer.url):
        return None
    if not whole:
        return Verdict(target, answer, "unknown", (notes.front_page_unread(answer.url),))
    return Verdict(target, answer, "missing", (notes.front_page(answer.url),))


def _doubt(page: Page) -> str:
    """Why a page without a place may have it all the same."""
    return page.doubt or (notes.MADE_BY_PROGRAM if page.scripted else "")


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


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3}
