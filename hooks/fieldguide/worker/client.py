"""The client that a contract's checks use. It talks to a driver, so it needs no socket."""

from __future__ import annotations

import json as json_module
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from time import time
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from .messages import Headers, Request, Response, exchange

Pairs = Mapping[str, Any] | Sequence[tuple[str, Any]]
File = tuple[str, bytes, str]
"""A file to send: its name, its content, its media type."""

HOST = "localhost"
"""Sent as Host by every driver, over sockets too, so that their exchanges are alike."""

_MISSING: Any = object()
_BOUNDARY = "fieldguide-boundary"
_REDIRECTS = 20


class Client:
    """Sends requests to one application, keeps its cookies and records every exchange.

    A new one is made for every check, so no check sees another's cookies.
    """

    def __init__(self, transport: Callable[[Request], Response]) -> None:
        self._transport = transport
        self._cookies: dict[tuple[str, str], Morsel[str]] = {}
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
        headers: Mapping[str, str] | None = None,
        query: Pairs | None = None,
        form: Pairs | None = None,
        json: Any = _MISSING,
        files: Mapping[str, File] | None = None,
        body: bytes | str | None = None,
        follow: bool = False,
    ) -> Response:
        """Send one request, and with ``follow`` the redirects that it leads to.

        Args:
            method: ``GET``, ``POST`` ...
            target: path and query, from ``/`` on; what is not ASCII is percent-encoded.
            headers: set over the client's own.
            query: added to the target; a list as a value repeats its name.
            form: sent urlencoded, or with ``files`` as multipart.
            json: any value, sent as JSON.
            files: by field name.
            body: sent as it is; text in UTF-8.
            follow: whether redirects on this host are followed, as a browser would.
        """
        target = _target(target, query)
        content, media_type = _body(form, json, files, body)
        response = self._send(method, target, headers or {}, content, media_type)
        for _ in range(_REDIRECTS if follow else 0):
            location = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or location is None:
                break
            url = urlsplit(urljoin(f"http://{HOST}{target}", location))
            if url.netloc != HOST:
                raise AssertionError(f"expected a redirect on {HOST}, got {location}")
            target = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method, content, media_type = "GET" if method != "HEAD" else method, b"", None
            response = self._send(method, target, headers or {}, content, media_type)
        return response

    def _send(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes,
        media_type: str | None,
    ) -> Response:
        fields = {"Host": HOST, "Accept": "*/*"}
        if media_type:
            fields["Content-Type"] = media_type
        if body or method in ("POST", "PUT", "PATCH"):
            fields["Content-Length"] = str(len(body))
        if cookies := self._cookie_header(target):
            fields["Cookie"] = cookies
        lowered = {name.lower() for name in headers}
        own = [(name, value) for name, value in fields.items() if name.lower() not in lowered]
        request = Request(method, target, Headers([*own, *headers.items()]), body)
        response = self._transport(request)
        self.exchanges.append(exchange(request, response))
        for value in response.headers.get_all("Set-Cookie"):
            self._store(value, target)
        return response

    def _store(self, header: str, target: str) -> None:
        """Keep or drop a cookie as RFC 6265, section 5.3 has it for one host."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(header)
        except CookieError:
            return
        for name, morsel in jar.items():
            folder = target.partition("?")[0].rpartition("/")[0] or "/"
            path = morsel["path"] if morsel["path"].startswith("/") else folder
            gone = False
            if morsel["max-age"]:
                gone = morsel["max-age"].startswith(("-", "0"))
            elif morsel["expires"]:
                try:
                    gone = parsedate_to_datetime(morsel["expires"]).timestamp() <= time()
                except ValueError:
                    gone = False
            self._cookies.pop((name, path), None)
            if not gone:
                self._cookies[name, path] = morsel

    def _cookie_header(self, target: str) -> str:
        path = target.partition("?")[0]
        return "; ".join(
            f"{name}={morsel.coded_value}"
            for (name, scope), morsel in sorted(self._cookies.items(), key=lambda c: -len(c[0][1]))
            if not morsel["secure"] and (path == scope or path.startswith(scope.rstrip("/") + "/"))
        )


def _pairs(values: Pairs) -> list[tuple[str, str]]:
    items = values.items() if isinstance(values, Mapping) else values
    return [
        (name, str(one))
        for name, value in items
        for one in (value if isinstance(value, list | tuple) else [value])
    ]


def _target(target: str, query: Pairs | None) -> str:
    if not target.startswith("/"):
        raise ValueError(f'a target starts with "/", got {target!r}')
    target = quote(target, safe="!#$%&'()*+,/:;=?@[]~", encoding="utf-8")
    if query:
        target += ("&" if "?" in target else "?") + urlencode(_pairs(query))
    return target


def _body(
    form: Pairs | None, json: Any, files: Mapping[str, File] | None, body: bytes | str | None
) -> tuple[bytes, str | None]:
    """The body and its media type."""
    given = [form is not None or files is not None, json is not _MISSING, body is not None]
    if sum(given) > 1:
        raise ValueError("a request has one body: form and files, json, or body")
    if files is not None:
        return _multipart(_pairs(form or {}), files), f"multipart/form-data; boundary={_BOUNDARY}"
    if form is not None:
        return urlencode(_pairs(form)).encode("ascii"), "application/x-www-form-urlencoded"
    if json is not _MISSING:
        return json_module.dumps(json).encode("utf-8"), "application/json"
    if isinstance(body, str):
        return body.encode("utf-8"), None
    return body or b"", None


def _multipart(fields: list[tuple[str, str]], files: Mapping[str, File]) -> bytes:
    """Fields and files as RFC 7578 has them."""
    parts = [
        (f'form-data; name="{name}"', None, value.encode("utf-8")) for name, value in fields
    ] + [
        (f'form-data; name="{field}"; filename="{name}"', media_type, content)
        for field, (name, content, media_type) in files.items()
    ]
    lines = []
    for disposition, media_type, content in parts:
        head = f"--{_BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
        head += f"Content-Type: {media_type}\r\n\r\n" if media_type else "\r\n"
        lines.append(head.encode("utf-8") + content + b"\r\n")
    return b"".join(lines) + f"--{_BOUNDARY}--\r\n".encode("ascii")
