"""The methods of HTTP as a client has them: sent now, or prepared to be sent together."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from .messages import Request

T = TypeVar("T")


class Calls(Generic[T]):
    """A call for each method; who inherits says what comes of it."""

    def _call(self, method: str, target: str, options: dict[str, Any]) -> T:
        raise NotImplementedError

    def get(self, target: str, **options: Any) -> T:
        """GET; the options are those of `request`."""
        return self._call("GET", target, options)

    def head(self, target: str, **options: Any) -> T:
        """HEAD; the options are those of `request`."""
        return self._call("HEAD", target, options)

    def post(self, target: str, **options: Any) -> T:
        """POST; the options are those of `request`."""
        return self._call("POST", target, options)

    def put(self, target: str, **options: Any) -> T:
        """PUT; the options are those of `request`."""
        return self._call("PUT", target, options)

    def patch(self, target: str, **options: Any) -> T:
        """PATCH; the options are those of `request`."""
        return self._call("PATCH", target, options)

    def delete(self, target: str, **options: Any) -> T:
        """DELETE; the options are those of `request`."""
        return self._call("DELETE", target, options)

    def options(self, target: str, **options: Any) -> T:
        """OPTIONS; the options are those of `request`."""
        return self._call("OPTIONS", target, options)


class Prepared(NamedTuple):
    """A request that is ready to be sent, and the client that keeps what comes back."""

    client: Any
    request: Request


class Later(Calls[Prepared]):
    """Prepares requests of a client, for `Client.together`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def _call(self, method: str, target: str, options: dict[str, Any]) -> Prepared:
        return self.request(method, target, **options)

    def request(self, method: str, target: str, **options: Any) -> Prepared:
        """A request as `Client.request` would send it; it follows no redirects."""
        return Prepared(self._client, self._client.prepared(method, target, **options))
