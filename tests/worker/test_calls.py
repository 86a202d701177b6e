"""The methods of HTTP, sent now or prepared for later."""

from __future__ import annotations

import pytest
from one_server import Server

from fieldguide.worker.http.client import Client

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]


@pytest.mark.parametrize("method", METHODS)
def test_what_is_prepared_is_what_would_be_sent(method: str) -> None:
    server = Server((200, [("Set-Cookie", "a=1")]))
    client = Client(server)
    client.get("/")
    options = {"query": {"q": "ë"}, "headers": {"X-Name": "1"}}
    prepared = getattr(client.later, method)("/a b", **options)
    assert len(server.seen) == 1
    getattr(client, method)("/a b", **options)
    sent, wanted = prepared.request, server.seen[1]
    assert prepared.client is client
    assert sent._replace(headers=wanted.headers) == wanted
    assert sent.headers.fields == wanted.headers.fields
    assert sent.headers["Cookie"] == "a=1"


def test_nothing_is_followed_later() -> None:
    with pytest.raises(TypeError, match="follow"):
        Client(Server((200, []))).later.get("/", follow=True)
