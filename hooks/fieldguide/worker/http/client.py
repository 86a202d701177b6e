"""The client that a contract's checks use. It talks to a driver, so it needs no socket."""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Callable, Mapping, Sequence
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
_UNSENDABLE = re.compile("[\r\n\0]|[^\0-\xff]")
_BOUNDARY = "fieldguide-boundary"
_REDIRECTS = 20
_BLANKS = " \t"


class Client:
    """Sends requests to one application, keeps its cookies and records every exchange.

    A new one is made for every check, so no check sees another's cookies.
    """

    def __init__(self, transport: Callable[[Request], Response]) -> None:
        self._transport = transport
        self._cookies: dict[tuple[str, str], str] = {}
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
        json: Any = _MISSING,
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
        content, media_type = _body(form, json, files, body)
        own = list(headers.items() if isinstance(headers, Mapping) else headers or ())
        response = self._send(method, target, own, content, media_type)
        hops = 0
        while follow and (following := _redirect(target, response)) is not None:
            hops += 1
            if hops > _REDIRECTS:
                raise AssertionError(f"expected at most {_REDIRECTS} redirects, got one more")
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
        if cookies := self._cookie_header(target):
            fields["Cookie"] = cookies
        lowered = {name.lower() for name, _ in headers}
        own = [(name, value) for name, value in fields.items() if name.lower() not in lowered]
        fields_sent = Headers([*own, *headers])
        for name, value in fields_sent.fields:
            if _UNSENDABLE.search(name + value):
                raise ValueError(f"a header is one line of Latin-1, got {name}: {value!r}")
        request = Request(method, target, fields_sent, body)
        response = self._transport(request)
        self.exchanges.append(exchange(request, response))
        for value in response.headers.get_all("Set-Cookie"):
            self._store(value, target)
        return response

    def _store(self, header: str, target: str) -> None:
        """Keep or drop a cookie as RFC 6265, section 5.3 has it for one host."""
        pair, *rest = header.split(";")
        name, equals, value = (part.strip(_BLANKS) for part in pair.partition("="))
        if not name or not equals:
            return
        attributes: dict[str, str] = {}
        for part in rest:
            attribute, _, given = part.partition("=")
            attributes[attribute.strip(_BLANKS).lower()] = given.strip(_BLANKS)
        domain = attributes.get("domain", "").removeprefix(".").lower()
        if domain not in ("", HOST):
            return
        path = attributes.get("path", "")
        if not path.startswith("/"):
            path = target.partition("?")[0].rpartition("/")[0] or "/"
        self._cookies.pop((name, path), None)
        # No request is sent over TLS, so a cookie that is Secure never goes back.
        if not _expired(attributes) and "secure" not in attributes:
            self._cookies[name, path] = value

    def _cookie_header(self, target: str) -> str:
        path = target.partition("?")[0]
        longest_first = sorted(self._cookies.items(), key=lambda cookie: -len(cookie[0][1]))
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


def _redirect(target: str, response: Response) -> str | None:
    """The target that a response sends a browser to, if it does; raises for another host."""
    location = response.headers.get("Location")
    if response.status not in (301, 302, 303, 307, 308) or location is None:
        return None
    url = urlsplit(urljoin(f"http://{HOST}{target}", location))
    if (url.scheme, url.netloc) != ("http", HOST):
        raise AssertionError(f"expected a redirect on http://{HOST}, got {location}")
    # A field is Latin-1 here and bytes on the wire, and a browser encodes the bytes.
    return _quoted(url._replace(scheme="", netloc="", fragment="").geturl() or "/", "latin-1")


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
    target = _quoted(target)
    if query:
        target += ("&" if "?" in target else "?") + urlencode(_pairs(query))
    return target


def _quoted(target: str, encoding: str = "utf-8") -> str:
    return quote(target, safe="!$%&'()*+,/:;=?@[]~", encoding=encoding)


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
        (f'form-data; name="{_inside(name)}"', None, value.encode("utf-8"))
        for name, value in fields
    ] + [
        (f'form-data; name="{_inside(field)}"; filename="{_inside(name)}"', media_type, content)
        for field, (name, content, media_type) in files.items()
    ]
    lines = []
    for disposition, media_type, content in parts:
        head = f"--{_BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
        head += f"Content-Type: {media_type}\r\n\r\n" if media_type else "\r\n"
        lines.append(head.encode("utf-8") + content + b"\r\n")
    return b"".join(lines) + f"--{_BOUNDARY}--\r\n".encode("ascii")


def _inside(name: str) -> str:
    """A name between quotation marks, escaped as browsers do."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
