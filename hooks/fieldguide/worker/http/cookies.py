"""The cookies that a client keeps of one host."""

from __future__ import annotations

from collections.abc import Mapping
from time import time

_BLANKS = " \t"


class Cookies:
    """What responses have set, and what the next request sends back.

    Args:
        host: the one host that requests go to.
        secure: whether they go over TLS; else a cookie that is Secure never goes back.
    """

    def __init__(self, host: str, secure: bool = False) -> None:
        self._host, self._secure = host, secure
        self._values: dict[tuple[str, str], str] = {}
        """By name and path."""

    def store(self, header: str, target: str) -> None:
        """Keep or drop a cookie as RFC 6265, section 5.3 has it.

        Args:
            header: the value of a Set-Cookie.
            target: that of the request that was answered.
        """
        pair, *rest = header.split(";")
        name, equals, value = (part.strip(_BLANKS) for part in pair.partition("="))
        if not name or not equals:
            return
        attributes: dict[str, str] = {}
        for part in rest:
            attribute, _, setting = part.partition("=")
            attributes[attribute.strip(_BLANKS).lower()] = setting.strip(_BLANKS)
        domain = attributes.get("domain", "").removeprefix(".").lower()
        if domain not in ("", self._host):
            return
        path = attributes.get("path", "")
        if not path.startswith("/"):
            path = target.partition("?")[0].rpartition("/")[0] or "/"
        self._values.pop((name, path), None)
        if not _expired(attributes) and (self._secure or "secure" not in attributes):
            self._values[name, path] = value

    def header(self, target: str) -> str:
        """The Cookie header of a request for the target; empty where it has none."""
        path = target.partition("?")[0]
        longest_first = sorted(self._values.items(), key=lambda cookie: -len(cookie[0][1]))
        return "; ".join(
            f"{name}={value}"
            for (name, scope), value in longest_first
            if path == scope or path.startswith(scope.rstrip("/") + "/")
        )


def _expired(attributes: Mapping[str, str]) -> bool:
    """Whether a cookie's attributes end it; Max-Age counts before Expires."""
    try:
        if "max-age" in attributes:
            return int(attributes["max-age"]) <= 0
        if "expires" in attributes:
            from email.utils import parsedate_to_datetime  # rare, and much to load

            return parsedate_to_datetime(attributes["expires"]).timestamp() <= time()
    except (ValueError, OverflowError):
        pass
    return False
