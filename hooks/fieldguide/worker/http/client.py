"""The client that a contract's checks use. It talks to a driver, so it needs no socket."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from . import wording
from .bodies import MISSING, File, Pairs, encoded, pairs
from .calls import Calls, Later, Prepared
from .cookies import Cookies
from .messages import Headers, ProtocolError, Request, Response
from .visitors import Log, Visitor, visitor

Listed = Sequence[tuple[str, str]]
Fields = Mapping[str, str] | Listed

HOST = "localhost"
"""Sent as Host by every driver, over sockets too, so that their exchanges are alike."""

_UNSENDABLE = re.compile("[\r\n\0]|[^\0-\xff]")
_REDIRECTS = 20
_TOGETHER = 20
"""Requests that are under way at once, at most."""
_POLL_SECONDS = 0.02


class Client(Calls[Response]):
    """A visitor of one application: sends requests, keeps cookies and records every exchange.

    A new one is made for every check, so no check sees another's cookies.

    Args:
        driver: answers requests; some also let time pass, and answer several together.
        visitor: who it is.
        log: what this visitor has in common with the others of a check.
    """

    def __init__(self, driver: Any, visitor: Visitor | None = None, log: Log | None = None) -> None:
        self._driver = driver
        self._visitor = visitor or Visitor()
        self._who = str(self._visitor)
        self._log = log or Log()
        self._origin = f"{self._visitor.scheme}://{HOST}"
        self._cookies = Cookies(HOST, secure=self._visitor.scheme == "https")

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        """Every exchange of the check, those of other visitors too, in order."""
        return self._log.exchanges

    @property
    def later(self) -> Later:
        """Prepares requests, for `together`."""
        return Later(self)

    def another(self, address: str | None = None, scheme: str = "http", root: str = "") -> Client:
        """Another visitor of the same application, with cookies of its own.

        Args:
            address: where it comes from; 127.0.0.2 and so on by default.
            scheme: ``https`` for one who comes over TLS.
            root: the path that the application is mounted at for this visitor, such as ``/v2``.
        """
        one = visitor(self._log.visitors + 1, address, scheme, root)
        self._log.visitors += 1
        return Client(self._driver, one, self._log)

    def wait(self, seconds: float, until: Callable[[], Any] | None = None) -> Any:
        """Let time pass, in which the application can go on with what it does.

        Args:
            seconds: how long, at most. All waits of a check may take two seconds.
            until: asked again and again; the wait ends with its first answer that is true, and
                gives it. Fails where none is. Of its exchanges only the last ones are kept.
        """
        self._log.wait(seconds, until is not None)
        if until is None:
            return self._driver.wait(seconds)
        end, kept = monotonic() + seconds, len(self.exchanges)
        while not (answer := until()):
            if monotonic() >= end:
                raise AssertionError(wording.waited_in_vain(seconds, answer))
            self._log.forget(kept, seconds)
            self._driver.wait(_POLL_SECONDS)
        return answer

    def together(self, requests: Iterable[Prepared]) -> list[Response]:
        """The responses to requests that are under way at once, in their order.

        Args:
            requests: what ``client.later.get("/")`` and its like prepared, of any visitor.
        """
        prepared = list(requests)
        if len(prepared) > _TOGETHER:
            raise ValueError(wording.too_many_together(_TOGETHER))
        self._log.count(len(prepared))
        answers = self._driver.together([one.request for one in prepared])
        responses = []
        for number, ((client, request), answer) in enumerate(zip(prepared, answers, strict=True)):
            if isinstance(answer, ProtocolError):
                raise answer
            client.keep(request, answer, wording.together(number + 1, len(prepared)))
            responses.append(answer)
        return responses

    def _call(self, method: str, target: str, options: dict[str, Any]) -> Response:
        return self.request(method, target, **options)

    def request(
        self,
        method: str,
        target: str,
        *,
        headers: Fields | None = None,
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
        own = _listed(headers)
        response = self._send(method, target, own, content, media_type)
        hops = 0
        while follow and (following := _redirect(self._origin, target, response)) is not None:
            hops += 1
            if hops > _REDIRECTS:
                raise AssertionError(wording.too_many_redirects(_REDIRECTS))
            target = following
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method, content, media_type = "GET" if method != "HEAD" else method, b"", None
                own = [(k, v) for k, v in own if not k.lower().startswith("content-")]
            response = self._send(method, target, own, content, media_type)
        return response

    def prepared(
        self,
        method: str,
        target: str,
        *,
        headers: Fields | None = None,
        query: Pairs | None = None,
        form: Pairs | None = None,
        json: Any = MISSING,
        files: Mapping[str, File] | None = None,
        body: bytes | str | None = None,
    ) -> Request:
        """A request as `request` sends it, with the cookies that there are now."""
        content, media_type = encoded(form, json, files, body)
        return self._request(method, _target(target, query), _listed(headers), content, media_type)

    def _send(
        self, method: str, target: str, headers: Listed, body: bytes, media_type: str | None
    ) -> Response:
        request = self._request(method, target, headers, body, media_type)
        self._log.count(1)
        response: Response = self._driver(request)
        self.keep(request, response)
        return response

    def _request(
        self, method: str, target: str, headers: Listed, body: bytes, media_type: str | None
    ) -> Request:
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
        _, address, scheme, root = self._visitor
        request = Request(method, target, fields_sent, body, scheme, address, root)
        if root and request.path != root and not request.path.startswith(f"{root}/"):
            raise ValueError(wording.outside_of_root(root, target))
        return request

    def keep(self, request: Request, response: Response, how: str = "") -> None:
        """Record an exchange of this visitor, and keep the cookies that it sets."""
        self._log.add(request, response, self._who, how)
        for value in response.headers.get_all("Set-Cookie"):
            self._cookies.store(value, request.target)


def _listed(headers: Fields | None) -> list[tuple[str, str]]:
    return list(headers.items() if isinstance(headers, Mapping) else headers or ())


def _redirect(origin: str, target: str, response: Response) -> str | None:
    """The target that a response sends a browser to, if it does; raises for another host."""
    location = response.headers.get("Location")
    if response.status not in (301, 302, 303, 307, 308) or location is None:
        return None
    try:
        url = urlsplit(urljoin(f"{origin}{target}", location))
    except ValueError as error:
        raise AssertionError(wording.redirect_nowhere(location, error)) from None
    if f"{url.scheme}://{url.netloc}" != origin:
        raise AssertionError(wording.redirect_elsewhere(origin, location))
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
