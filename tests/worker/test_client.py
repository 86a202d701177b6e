"""The client: methods, targets, fields and redirects."""

from __future__ import annotations

from typing import Any

import pytest
from one_server import Server, sent

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import Request


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_methods(method: str) -> None:
    assert sent(method).method == method.upper()


@pytest.mark.parametrize(
    ("target", "query", "wanted"),
    [
        ("/", None, "/"),
        ("/a b", None, "/a%20b"),
        ("/zoë", None, "/zo%C3%AB"),
        ("/zo%C3%AB", None, "/zo%C3%AB"),
        ("/a%2Fb", None, "/a%2Fb"),
        ("/a\r\nX: y", None, "/a%0D%0AX:%20y"),
        ("/a#b", None, "/a%23b"),
        ("/", {"name": "Zoë"}, "/?name=Zo%C3%AB"),
        ("/?a=1", {"b": 2}, "/?a=1&b=2"),
        ("/", {"a": ["1", "2"]}, "/?a=1&a=2"),
        ("/", [("a", "1"), ("b", "&=?"), ("a", "")], "/?a=1&b=%26%3D%3F&a="),
        ("/", {}, "/"),
    ],
)
def test_the_target(target: str, query: Any, wanted: str) -> None:
    request = sent(target=target, query=query)
    assert request.target == wanted
    assert request.target.isascii()


def test_a_target_starts_with_a_slash() -> None:
    with pytest.raises(ValueError, match='a target starts with "/"'):
        sent(target="http://elsewhere/")


def test_headers_may_be_repeated() -> None:
    request = sent("get", headers=[("X-One", "1"), ("accept", "a/b"), ("X-One", "2")])
    assert request.headers.get_all("X-One") == ["1", "2"]
    assert request.headers.get_all("Accept") == ["a/b"]


def test_own_headers_win_in_any_case() -> None:
    request = sent("post", headers={"content-type": "text/csv", "ACCEPT": "text/html"}, json=1)
    assert request.headers.get_all("Content-Type") == ["text/csv"]
    assert request.headers.get_all("Accept") == ["text/html"]
    assert request.headers["Host"] == "localhost"


@pytest.mark.parametrize("value", ["a\r\nb", "a\0", "€"])
def test_a_header_that_cannot_be_sent(value: str) -> None:
    with pytest.raises(ValueError, match="one line of Latin-1"):
        sent(headers={"X": value})


def follow(status: int, location: str, method: str = "get", **options: Any) -> list[Request]:
    server = Server((status, [("Location", location)]), (200, []))
    getattr(Client(server), method)("/a/b?c", follow=True, **options)
    return server.seen


def test_redirects_are_followed_only_when_asked() -> None:
    server = Server((302, [("Location", "/b")]))
    assert Client(server).get("/").status == 302
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/x", "/x"),
        ("x", "/a/x"),
        ("?d", "/a/b?d"),
        ("http://localhost/x?y#z", "/x?y"),
        ("http://localhost", "/"),
        ("//localhost/x", "/x"),
        ("/zo\xc3\xab", "/zo%C3%AB"),
    ],
)
def test_where_a_redirect_leads(location: str, target: str) -> None:
    assert follow(302, location)[1].target == target


@pytest.mark.parametrize(
    ("status", "method", "then", "body"),
    [
        (301, "post", "GET", b""),
        (302, "post", "GET", b""),
        (302, "put", "PUT", b"x"),
        (303, "post", "GET", b""),
        (303, "put", "GET", b""),
        (303, "head", "HEAD", b""),
        (307, "post", "POST", b"x"),
        (308, "post", "POST", b"x"),
    ],
)
def test_the_method_after_a_redirect(status: int, method: str, then: str, body: bytes) -> None:
    content = None if method == "head" else b"x"
    headers = {"Content-Type": "text/csv", "X-Kept": "1"}
    second = follow(status, "/x", method, body=content, headers=headers)[1]
    assert (second.method, second.body) == (then, body)
    assert ("Content-Type" in second.headers) is (then not in ("GET", "HEAD"))
    assert ("Content-Length" in second.headers) is (then not in ("GET", "HEAD"))
    assert second.headers["X-Kept"] == "1"


def test_a_redirect_keeps_cookies() -> None:
    answers = [(303, [("Location", "/x"), ("Set-Cookie", "a=1")]), (200, [])]
    server = Server(*answers)
    Client(server).post("/login", form={"name": "Zoë"}, follow=True)
    assert server.seen[1].headers["Cookie"] == "a=1"


@pytest.mark.parametrize(
    "location", ["http://elsewhere.example/", "//elsewhere.example/", "https://localhost/"]
)
def test_another_host_is_not_followed(location: str) -> None:
    with pytest.raises(AssertionError, match=r"expected a redirect on http://localhost, got "):
        follow(302, location)


def test_a_loop_ends() -> None:
    server = Server((302, [("Location", "/")]))
    with pytest.raises(AssertionError, match="at most 20 redirects"):
        Client(server).get("/", follow=True)
    assert len(server.seen) == 21


@pytest.mark.parametrize("status", [200, 201, 304])
def test_a_location_elsewhere_is_no_redirect(status: int) -> None:
    assert len(follow(status, "/x")) == 1
