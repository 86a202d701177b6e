"""What an answer means: alive, moved, changed, missing, failed, or nothing that can be known."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from publicsuffixlist import PublicSuffixList

from ..reading.model import Seen
from .model import Answer, Target, Verdict
from .web import page as web_page

FAR = 20
"""Texts whose fingerprints differ in more bits are not one text revised."""


class Owners:
    """Which hosts are one owner's, by the list of publicsuffix.org, which is read once."""

    def __init__(self) -> None:
        self._suffixes = PublicSuffixList()

    def domain(self, url: str) -> str:
        """The registrable domain of an address: what one owner has."""
        host = (urlsplit(url).hostname or "").rstrip(".")
        with contextlib.suppress(ValueError):
            return str(ipaddress.ip_address(host))
        return self._suffixes.privatesuffix(host) or host


def judge(target: Target, answer: Answer, before: Seen | None, owners: Owners) -> Verdict:
    """The verdict on a target, and what was seen of it before."""
    notes = tuple(_notes(target, answer, before, owners))
    if answer.refused:
        return Verdict(target, answer, "missing", (f"not asked for: {answer.error}",))
    if answer.unknown:
        why = answer.error or f"{answer.code}: it does not answer programs"
        return Verdict(target, answer, "unknown", (f"could not be checked: {why}",))
    if answer.error is not None:
        return Verdict(target, answer, "failed", (answer.error,))
    code = answer.code or 0
    if code in (404, 410):
        return Verdict(target, answer, "missing", (f"{code}: the page is not there",))
    if code >= 400:
        return Verdict(target, answer, "failed", (f"its status is {code}",))
    if answer.page is not None and answer.page.missing:
        words = answer.page.title or "its heading"
        said = f'it answers {code} and says that there is nothing: "{words}"'
        return Verdict(target, answer, "missing", (said,))
    if _to_the_front(target.url, answer.url):
        said = f"it leads to the front page, {answer.url}: the page itself is gone"
        return Verdict(target, answer, "missing", (said,))
    if absent := sorted(_absent(target, answer)):
        said = f"the page has no place named {', '.join(absent)}"
        return Verdict(target, answer, "missing", (said,))
    if notes:
        return Verdict(target, answer, "changed", notes)
    if answer.permanent and answer.url != target.url:
        said = f"it has moved to {answer.url}"
        return Verdict(target, answer, "moved", (said,), replacement=answer.url)
    return Verdict(target, answer, "alive")


def _notes(target: Target, answer: Answer, before: Seen | None, owners: Owners) -> Iterator[str]:
    """What looks as if the page were another one now."""
    there, here = owners.domain(answer.url), owners.domain(target.url)
    if there != here and answer.error is None:
        yield f"it leads to another owner's site, {there}: perhaps it was sold or taken over"
    if before is None or answer.page is None:
        return
    now, then = answer.page.fingerprint, before.fingerprint or ""
    far = web_page.distance(now, then) > FAR if now and then else None
    if far:
        yield "its text is another one than it was"
    titles = _words(answer.page.title), _words(before.title or "")
    if far is not False and all(titles) and titles[0].isdisjoint(titles[1]):
        yield f'its title is "{answer.page.title}", and it was "{before.title}"'


def _to_the_front(asked: str, got: str) -> bool:
    """Whether a page's address leads to its site's front page, as many do for what is gone."""
    deep = urlsplit(asked).path.strip("/")
    return bool(deep) and "/" in deep and urlsplit(got).path in ("", "/") and asked != got


def _absent(target: Target, answer: Answer) -> set[str]:
    """The places that are linked to and not there; scripts make some, so only where HTML came."""
    if answer.page is None:
        return set()
    wanted = {one for one in target.fragments if not re.match(r":~:|L\d+", one)}
    return {target for target in wanted if not {target, unquote(target)} & answer.page.anchors}


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3}
