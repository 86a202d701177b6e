"""Addresses of resources: what makes two of them the same, and what does not belong in one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|igshid|yclid|_hsenc|_hsmi|mkt_tok|"
    r"aff(iliate)?(_?id)?|ref(errer|_src|_url)?|tag|partner(_?id)?|source|si|spm|cmpid|irclickid",
    re.IGNORECASE,
)
_AFFILIATE = {"tag": ("amazon.", "amzn.")}
"""Parameters that mean harm on these hosts only."""
_INDEX = re.compile(r"/(index|default)\.(html?|php)$")


def can_be_read(url: str) -> bool:
    """Whether an address has its parts: brackets, a port or letters can take them from it."""
    try:
        return bool(urlsplit(url).hostname) and (urlsplit(url).port or 0) >= 0
    except ValueError:
        return False


def same(url: str) -> str:
    """What is equal for two addresses that lead to one page.

    Scheme, ``www.``, a trailing slash or ``index.html``, fragment, tracking parameters, the order
    of the others and the spelling of percent-encoding make no other page.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    port = parts.port if parts.port not in (80, 443, None) else None
    # An encoded slash is no slash, so it stays encoded.
    decoded = unquote(re.sub("%2f", "%252F", _INDEX.sub("/", parts.path), flags=re.IGNORECASE))
    path = quote(decoded, safe="/:@!$&'()*+,;=~-._").rstrip("/")
    kept = sorted(
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if pair[0] not in tracking(url)
    )
    return f"{host}{f':{port}' if port else ''}{path}{'?' if kept else ''}{urlencode(kept)}"


def tracking(url: str) -> list[str]:
    """The names of the parameters that only say where a reader comes from."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return [
        name
        for name, _ in parse_qsl(parts.query, keep_blank_values=True)
        if _TRACKING.fullmatch(name)
        and (name not in _AFFILIATE or any(part in host for part in _AFFILIATE[name]))
    ]


def pinned(url: str, stable: dict[str, str]) -> tuple[str, str] | None:
    """The part of an address that pins it to one version, and what to write in its place.

    ``stable`` has by host the path segment of its current documentation, such as ``stable``.
    """
    parts = urlsplit(url)
    wanted = stable.get(parts.hostname or "")
    if wanted is None:
        return None
    for segment in parts.path.split("/"):
        if segment != wanted and (segment in _MOVING or _VERSION.fullmatch(segment)):
            return segment, wanted
    return None


_MOVING = ("dev", "latest", "main", "master", "stable")
_VERSION = re.compile(r"v?\d+(\.(\d+|x))*(-branch)?")
