"""The forms of what is kept of strangers' words: held when it is written, and when it is read.

What is kept is sent again, compared and shown on another day. A word that has not its form is left
out, so nothing that one server says can stop a later run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from ..base.text import one_line
from ..reading.model import Seen
from .model import Answer, Page

URL_LENGTH = 2_000
"""Longer addresses are neither followed nor kept."""
TITLE_LENGTH = 300
NOTE_LENGTH = 1_000

_ETAG = re.compile(r'(W/)?"[\x21\x23-\x7e]{0,250}"')
"""RFC 9110, section 8.8.3, without bytes that are not ASCII."""
_HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII)
"""RFC 9110, section 5.6.7: the one form that is to be sent."""
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_PLAIN = re.compile(
    r"https?://([A-Za-z0-9._~/?=%+:@!$-]|&(?=[A-Za-z0-9]+=))*[A-Za-z0-9_~/=%+-]", re.ASCII
)
"""``&lt`` means another character where HTML is made of it; ``&a=`` means itself."""
_URL = re.compile(r"https?://[^\s<>\"\x00-\x20\x7f]+")


def text(words: str, length: int) -> str:
    """Words in one line, without what controls a terminal, cut to a length."""
    whole = " ".join(one_line(words[: 8 * length]).split())
    return whole if len(whole) <= length else f"{whole[: length - 3]}..."


def title(words: str) -> str:
    """The title of a page."""
    return text(words, TITLE_LENGTH)


def note(words: str) -> str:
    """What came of asking, in words."""
    return text(words, NOTE_LENGTH)


def etag(value: str) -> str | None:
    """An entity tag that can be sent back."""
    return value if _ETAG.fullmatch(value) else None


def last_modified(value: str) -> str | None:
    """A date that can be sent back."""
    return value if _HTTP_DATE.fullmatch(value) else None


def fingerprint(value: str) -> str:
    """64 bits in hexadecimal digits, or nothing."""
    return value if _FINGERPRINT.fullmatch(value) else ""


def url(value: str) -> str | None:
    """An address of the web."""
    if len(value) > URL_LENGTH or not _URL.fullmatch(value) or one_line(value) != value:
        return None
    try:
        return value if urlsplit(value).hostname else None
    except ValueError:
        return None


def is_plain(address: str) -> bool:
    """Whether an address means nothing but itself where Markdown or YAML is written: a server may
    lead to one that ends its link or its value, and says something else after it."""
    return len(address) <= URL_LENGTH and _PLAIN.fullmatch(address) is not None


def code(value: int | None) -> int | None:
    """A status that HTTP could have."""
    return value if value is not None and 100 <= value <= 999 else None


def seen(known: Seen) -> Seen:
    """What was seen of a resource, each word in its form."""
    return replace(
        known,
        final_url=_held(known.final_url, url),
        code=code(known.code),
        title=_held(known.title, title),
        fingerprint=_held(known.fingerprint, fingerprint),
        etag=_held(known.etag, etag),
        last_modified=_held(known.last_modified, last_modified),
        note=_held(known.note, note),
    )


def answer(given: Answer) -> Answer:
    """An answer, each word in its form."""
    return replace(
        given,
        url=given.url[:URL_LENGTH],
        code=code(given.code),
        error=_held(given.error, note),
        page=page(given.page) if given.page else None,
        headers=headers(given.headers),
    )


def page(given: Page) -> Page:
    """What was read of a page, each word in its form."""
    return replace(
        given,
        title=title(given.title),
        fingerprint=fingerprint(given.fingerprint),
        doubt=note(given.doubt),
    )


def headers(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that are sent back on another day."""
    forms = {"etag": etag, "last-modified": last_modified}
    held = {name: form(fields[name]) for name, form in forms.items() if name in fields}
    return {name: value for name, value in held.items() if value}


def _held(value: str | None, form: Callable[[str], str | None]) -> str | None:
    return form(value) or None if value is not None else None
