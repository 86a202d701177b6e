"""Several visitors of one application: what they have each, and what in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from one_server import Server

from fieldguide.worker.drivers.driver import Answer
from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import ProtocolError, Request

SETS = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2; Secure")]


class Timed(Server):
    """A server that lets no time pass, and answers in any order."""

    waited = 0.0

    def wait(self, seconds: float) -> None:
        self.waited += seconds

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        return [self(request) for request in requests]


def notes(client: Client) -> list[str]:
    return [exchange.get("note", "") for exchange in client.exchanges]


def test_every_visitor_has_an_address_and_cookies_of_its_own() -> None:
    server = Server((200, SETS))
    first = Client(server)
    second, third = first.another(), first.another(address="192.0.2.7", scheme="https")
    for visitor in (first, second, third) * 2:
        visitor.get("/")
    seen = [(one.address, one.scheme, one.headers.get("Cookie")) for one in server.seen]
    assert seen == [
        ("127.0.0.1", "http", None),
        ("127.0.0.2", "http", None),
        ("192.0.2.7", "https", None),
        ("127.0.0.1", "http", "a=1"),
        ("127.0.0.2", "http", "a=1"),
        ("192.0.2.7", "https", "a=1; b=2"),
    ]
    assert second.exchanges is first.exchanges
    third_visitor = "visitor 3, from 192.0.2.7, over https"
    assert notes(first) == ["", "visitor 2, from 127.0.0.2", third_visitor] * 2


def test_redirects_stay_with_the_visitors_scheme() -> None:
    server = Server((302, [("Location", "https://localhost/b")]), (200, []))
    Client(server).another(scheme="https").get("/a", follow=True)
    assert [request.target for request in server.seen] == ["/a", "/b"]
    server = Server((302, [("Location", "http://localhost/b")]))
    with pytest.raises(AssertionError, match="a redirect on https://localhost"):
        Client(server).another(scheme="https").get("/a", follow=True)


def test_an_application_can_be_mounted() -> None:
    server = Server((200, []))
    visitor = Client(server).another(root="/v2")
    visitor.get("/v2/a?b=1")
    visitor.get("/v2")
    assert {request.root for request in server.seen} == {"/v2"}
    assert notes(visitor) == ["visitor 2, from 127.0.0.2, below /v2"] * 2
    with pytest.raises(ValueError, match="starts with '/v2', got '/v2x'"):
        visitor.get("/v2x")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scheme": "ftp"}, "over http or https, got 'ftp'"),
        ({"address": "here"}, "'here' does not appear to be an IPv4 or IPv6 address"),
        ({"root": "v2"}, "a root starts with"),
        ({"root": "/v2/"}, "a root starts with"),
    ],
)
def test_a_visitor_that_there_cannot_be(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Client(Server((200, []))).another(**options)


def test_a_wait_lets_time_pass_and_is_told_with_what_comes_next() -> None:
    server = Timed((200, []))
    client = Client(server)
    client.get("/a")
    client.wait(0.5)
    client.get("/b")
    client.get("/c")
    assert server.waited == 0.5
    assert notes(client) == ["", "0.5 s later", ""]


def test_all_waits_of_a_check_have_two_seconds() -> None:
    client = Client(Timed((200, [])))
    client.wait(1.5)
    client.another().wait(0.5)
    for seconds in (0.1, -1.0, float("nan")):
        with pytest.raises(ValueError, match="a check waits at most 2 s in all"):
            client.wait(seconds)


def test_a_wait_ends_with_what_it_waits_for() -> None:
    server = Timed((503, []), (503, []), (200, []))
    client = Client(server)
    assert client.wait(1, until=lambda: client.get("/job").status == 200) is True
    client.get("/after")
    assert len(server.seen) == 4
    starts = [exchange["response"]["start"] for exchange in client.exchanges]
    assert starts == ["HTTP/1.1 200"] * 2  # only the last question is shown
    assert notes(client) == ["within 1 s", ""]


def test_a_wait_in_vain_fails() -> None:
    client = Client(Timed((503, [])))
    with pytest.raises(AssertionError, match=r"expected it within 0\.01 s, got 0"):
        client.wait(0.01, until=lambda: client.get("/job").status - 503)
    assert notes(client) == ["within 0.01 s"]


def test_requests_together_come_back_in_order() -> None:
    server = Timed((200, SETS))
    client = Client(server)
    other = client.another()
    client.get("/")
    answers = client.together([client.later.get("/a"), other.later.post("/b", json=1)])
    assert [answer.status for answer in answers] == [200, 200]
    client.get("/c")
    assert [request.target for request in server.seen] == ["/", "/a", "/b", "/c"]
    assert server.seen[2].body == b"1"
    assert notes(client) == ["", "1 of 2 at once", "visitor 2, from 127.0.0.2; 2 of 2 at once", ""]
    other.get("/d")
    assert server.seen[-1].headers["Cookie"] == "a=1"


def test_of_requests_together_the_first_that_is_no_answer_is_raised() -> None:
    class Half(Timed):
        def together(self, requests: Sequence[Request]) -> list[Answer]:
            return [self(requests[0]), ProtocolError("broken")]

    client = Client(Half((200, [])))
    with pytest.raises(ProtocolError, match="broken"):
        client.together([client.later.get("/a"), client.later.get("/b")])
    assert len(client.exchanges) == 1


def test_too_many_together() -> None:
    client = Client(Timed((200, [])))
    with pytest.raises(ValueError, match="at most 20 requests together"):
        client.together([client.later.get("/")] * 21)
