"""Header fields of strangers: what can be used of them. Anything may stand in them."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from time import time
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx

from .. import kept
from .connection import Raw

_CHALLENGES = ("cf-mitigated", "x-vercel-mitigated", "x-amzn-waf-action")
"""With these a host says that it did not hand out the page, but asks who is there."""
_HTML = ("text/html", "application/xhtml+xml")
_COOKIE = re.compile(
    r"[\w!#$%&'*+.^`|~-]{1,200}=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e\"]{0,4000}", re.A
)
"""RFC 6265, section 4.1.1."""
_COOKIES = 20
_TAIL_BYTES = 1024
"""Where a page that ends says so; some have comments after it."""


def following(url: str, location: str) -> str | None:
    """The address that a redirect from ``url`` leads to, as ASCII and without a fragment.

    None where that is none. One that is not of the web is returned as it is: it is refused later.
    """
    try:
        joined = urldefrag(urljoin(url, location.strip())).url
        if urlsplit(joined).scheme not in ("http", "https"):
            return joined[: kept.URL_LENGTH]
        if len(joined) > kept.URL_LENGTH:
            return None
        return kept.url(str(httpx.URL(joined)))
    except (ValueError, TypeError, httpx.InvalidURL):
        return None


def retry_after(value: str) -> float | None:
    """Seconds, from a number or a date (RFC 9110, section 10.2.3)."""
    if re.fullmatch(r"\s*\d{1,9}\s*", value, re.ASCII):
        return float(value)
    try:
        return max(parsedate_to_datetime(value[:100]).timestamp() - time(), 0.0)
    except Exception:  # the parser of the library has many ways to fail
        return None


def is_html(raw: Raw) -> bool:
    """Whether a response says that it is a page."""
    return raw.field("content-type").partition(";")[0].strip().lower() in _HTML


def is_challenge(raw: Raw) -> bool:
    """Whether a response says that it is a question to whoever asks."""
    return any(name in raw.headers for name in _CHALLENGES)


def remembered(raw: Raw) -> dict[str, str]:
    """The fields that are sent back on another day."""
    return kept.headers({name: raw.headers.get(name, "") for name in ("etag", "last-modified")})


def has_end(raw: Raw) -> bool:
    """Whether a body that was cut off would have been noticed.

    Where neither a length nor chunks nor the packing tells, the page ends with the connection, and
    a server that dies in the middle looks like one that is done. Then the page has to say it.
    """
    packed, sent = raw.field("content-encoding").lower(), raw.field("transfer-encoding").lower()
    if raw.field("content-length") or "gzip" in packed or "chunked" in sent:
        return True
    return b"</html" in raw.body[-_TAIL_BYTES:].lower()


class Cookies:
    """What the hosts of one chain of redirects have left with us. It ends with the chain, and
    each goes back to its host alone."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, str]] = {}

    def take(self, url: str, raw: Raw) -> None:
        """Take what a response leaves."""
        for value in raw.headers.get_list("set-cookie")[:_COOKIES]:
            pair = value.partition(";")[0].strip()
            if _COOKIE.fullmatch(pair):
                self._of.setdefault(_origin(url), {})[pair.partition("=")[0]] = pair

    def fields(self, url: str) -> dict[str, str]:
        """What goes back to the host of an address."""
        own = [*self._of.get(_origin(url), {}).values()][:_COOKIES]
        return {"Cookie": "; ".join(own)} if own else {}

    def __bool__(self) -> bool:
        return bool(self._of)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
