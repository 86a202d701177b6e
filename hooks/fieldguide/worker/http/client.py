"""The client that a contract's checks use. It talks to a driver, so it needs no socket."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from . import wording
from .bodies import MISSING, File, Pairs, encoded, pairs
from .cookies import Cookies
from .messages import Headers, Request, Response, exchange

HOST = "localhost"
"""Sent as Host by every driver, over sockets too, so that their exchanges are alike."""

_UNSENDABLE = re.compile("[\r\n\0]|[^\0-\xff]")
_REDIRECTS = 20
_EXCHANGES = 1000
"""Of one check: so many are kept, and a page shows them all."""


class Client:
    """Sends requests to one application, keeps its cookies and records every exchange.

    A new one is made for every check, so no check sees another's cookies.
    """

    def __init__(self, transport: Callable[[Request], Response]) -> None:
        self._transport = transport
        self._cookies = Cookies(HOST)
        self.exchanges: list[dict[str, Any]] = []

    def get(self, target: str, **options: Any) -> Response:
        """GET; the options are those of `request`."""
        return self.request("GET", target, **options)

    def head(self, target: str, **options: Any) -> Response:
        """HEAD; the options are those of `request`."""
        return self.request("HEAD", target, **options)

    def post(self, target: str, **options: Any) -> Response:
        """POST; the options are those of `request`."""
        return self.request("POST", target, **options)

    def put(self, target: str, **options: Any) -> Response:
        """PUT; the options are those of `request`."""
        return self.request("PUT", target, **options)

    def patch(self, target: str, **options: Any) -> Response:
        """PATCH; the options are those of `request`."""
        return self.request("PATCH", target, **options)

    def delete(self, target: str, **options: Any) -> Response:
        """DELETE; the options are those of `request`."""
        return self.request("DELETE", target, **options)

    def options(self, target: str, **options: Any) -> Response:
        """OPTIONS; the options are those of `request`."""
        return self.request("OPTIONS", target, **options)

    def request(
        self,
        method: str,
        target: str,
        *,
        headers: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        query: Pairs | None = None,
        form: Pairs | None = None,
        json: Any = MISSING,
        files: Mapping[str, File] | None = None,
        body: bytes | str | None = None,
        follow: bool = False,
    ) -> Response:
        """Send one request, and with ``follow`` the redirects that it leads to.

        Args:
            method: ``GET``, ``POST`` ...
            target: path and query, from ``/`` on; what is not ASCII is percent-encoded.
            headers: set over the client's own; as pairs, where a name is repeated.
            query: added to the target; a list as a value repeats its name.
            form: sent urlencoded, or with ``files`` as multipart.
            json: any value, sent as JSON.
            files: by field name.
            body: sent as it is; text in UTF-8.
            follow: whether redirects on this host are followed, as a browser would.
        """
        target = _target(target, query)
        content, media_type = encoded(form, json, files, body)
        own = list(headers.items() if isinstance(headers, Mapping) else headers or ())
        response = self._send(method, target, own, content, media_type)
        hops = 0
        while follow and (following := _redirect(target, response)) is not None:
            hops += 1
            if hops > _REDIRECTS:
                raise AssertionError(wording.too_many_redirects(_REDIRECTS))
            target = following
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method, content, media_type = "GET" if method != "HEAD" else method, b"", None
                own = [(k, v) for k, v in own if not k.lower().startswith("content-")]
            response = self._send(method, target, own, content, media_type)
        return response

    def _send(
        self,
        method: str,
        target: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        media_type: str | None,
    ) -> Response:
        fields = {"Host": HOST, "Accept": "*/*"}
        if media_type:
            fields["Content-Type"] = media_type
        if body or method in ("POST", "PUT", "PATCH"):
            fields["Content-Length"] = str(len(body))
        if cookies := self._cookies.header(target):
            fields["Cookie"] = cookies
        lowered = {name.lower() for name, _ in headers}
        own = [(name, value) for name, value in fields.items() if name.lower() not in lowered]
        fields_sent = Headers([*own, *headers])
        for name, value in fields_sent.fields:
            if _UNSENDABLE.search(name + value):
                raise ValueError(wording.unsendable_header(name, value))
        if len(self.exchanges) == _EXCHANGES:
            raise ValueError(wording.too_many_exchanges(_EXCHANGES))
        request = Request(method, target, fields_sent, body)
        response = self._transport(request)
        self.exchanges.append(exchange(request, response))
        for value in response.headers.get_all("Set-Cookie"):
            self._cookies.store(value, target)
        return response


def _redirect(target: str, response: Response) -> str | None:
    """The target that a response sends a browser to, if it does; raises for another host."""
    location = response.headers.get("Location")
    if response.status not in (301, 302, 303, 307, 308) or location is None:
        return None
    try:
        url = urlsplit(urljoin(f"http://{HOST}{target}", location))
    except ValueError as error:
        raise AssertionError(wording.redirect_nowhere(location, error)) from None
    if (url.scheme, url.netloc) != ("http", HOST):
        raise AssertionError(wording.redirect_elsewhere(f"http://{HOST}", location))
    # A field is Latin-1 here and bytes on the wire, and a browser encodes the bytes.
    return _quoted(url._replace(scheme="", netloc="", fragment="").geturl() or "/", "latin-1")


def _target(target: str, query: Pairs | None) -> str:
    if not target.startswith("/"):
        raise ValueError(wording.bad_target(target))
    target = _quoted(target)
    if query:
        target += ("&" if "?" in target else "?") + urlencode(pairs(query))
    return target


def _quoted(target: str, encoding: str = "utf-8") -> str:
    return quote(target, safe="!$%&'()*+,/:;=?@[]~", encoding=encoding)
